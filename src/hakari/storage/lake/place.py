"""Where a lake lies: a folder, or a bucket of an object store, with the few things done to it."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path, PurePosixPath

import pyarrow as pa
import pyarrow.fs as pa_fs

from hakari.errors import LakeDamagedError, NoLakeError
from hakari.storage.lake.manifest import MANIFEST, Manifest, manifest_from

# What Spark's own connectors call the stores that Arrow knows by these names.
_SPARK_SCHEMES = {"s3": "s3a", "gcs": "gs"}


class Place:
    """`text` is a path, or an address such as s3://bucket/folder."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._scheme, sign, rest = text.partition("://")
        self._local = not sign or self._scheme == "file"
        if self._local:
            self._root = str(Path(rest if sign else text).expanduser().absolute())
            self._files: pa_fs.FileSystem = pa_fs.LocalFileSystem()
            self._rest = self._root
        else:
            self._files, self._root = pa_fs.FileSystem.from_uri(text.rstrip("/"))
            self._rest = rest.rstrip("/")

    def address(self, name: str) -> str:
        """How Spark is told of a file: nothing in it is escaped, not even `=`."""
        if self._local:
            return f"file://{self._root}/{name}"
        return f"{_SPARK_SCHEMES.get(self._scheme, self._scheme)}://{self._rest}/{name}"

    def manifest(self) -> Manifest:
        """What the lake holds now; NoLakeError where nothing was ever published."""
        found = self.manifest_or_none()
        if found is None:
            raise NoLakeError(f"there is no lake at {self.text}", f"make it: hakari publish lake {self.text}")
        return found

    def manifest_or_none(self) -> Manifest | None:
        try:
            raw = self.read(MANIFEST)
        except FileNotFoundError:
            return None
        return manifest_from(raw, self.text)

    def read(self, name: str) -> bytes:
        with self._files.open_input_stream(self._path(name)) as stream:
            return bytes(stream.read())

    def source(self, name: str) -> pa.NativeFile:
        """To read parts of a file."""
        try:
            return self._files.open_input_file(self._path(name))
        except FileNotFoundError as error:
            raise LakeDamagedError(
                f"the lake at {self.text} lacks {name}, which its manifest lists",
                "publish the lake anew into an empty folder",
            ) from error

    def write(self, name: str, content: bytes | pa.Buffer) -> None:
        """A file that nobody looks for yet."""
        if not self._local:
            with self._files.open_output_stream(self._path(name)) as stream:
                stream.write(content)
            return
        path = Path(self._path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())

    def publish(self, manifest: Manifest) -> None:
        """From one moment to the next: who reads the manifest finds the old one or this one, whole.

        An object store shows an object only when it is complete; a folder needs the rename.
        """
        content = manifest.to_json()
        if not self._local:
            self.write(MANIFEST, content)
            return
        growing = f"{MANIFEST}.growing"
        self.write(growing, content)
        Path(self._path(growing)).replace(self._path(MANIFEST))

    def remove(self, name: str) -> None:
        try:
            self._files.delete_file(self._path(name))
        except FileNotFoundError:
            return

    def data_files(self) -> dict[str, datetime | None]:
        """Every Parquet file there, named in the manifest or not, and when it was written."""
        selector = pa_fs.FileSelector(self._root, allow_not_found=True, recursive=True)
        return {
            str(PurePosixPath(info.path).relative_to(self._root)): info.mtime
            for info in self._files.get_file_info(selector)
            if info.is_file and info.path.endswith(".parquet")
        }

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"
