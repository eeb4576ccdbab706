"""What is true of the invented company's smaller tactics, as numbers; `World` holds the rest.

Numbers of people and events are of a company of volume one. Rates are per case and independent.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Side:
    """The known truth of walk-ins, mailings on paper, evenings, surveys, videos and search words."""

    # Each quarter
    forms: int = 60  # companies written to through their web form
    form_answers: float = 0.06
    form_visits: float = 0.22
    walk_ins: int = 42
    walk_in_talks: float = 0.36
    walk_in_cards: float = 0.78  # of the talks
    reception_cards: float = 0.07  # of the walk-ins that met nobody else
    newsletters: int = 80
    newsletter_answers: float = 0.03
    newsletter_visits: int = 14
    phone_list: int = 45
    agency_leads: int = 18
    agency_valid: float = 0.60

    # Every other quarter
    letters: int = 150
    letter_answers: float = 0.035
    surveys: int = 100
    survey_answers: float = 0.38

    # Every other month
    evening_cards: int = 11
    evening_valid: float = 0.55
    study_seats: int = 36
    study_attends: float = 0.71
    study_answers: float = 0.50
    study_useful: float = 0.45

    # Each month
    scenario_mails: int = 45
    video_views: int = 42
    known_viewers: float = 0.80
    paper_visits: int = 230  # of people nobody knows, to the pages of white papers
    revisits: int = 22  # of known leads, through retargeting
    reconverts: float = 0.07

    # A mass campaign
    mass_visits: int = 140
    brand_searches: float = 62.0  # a day, before it
    brand_lift: float = 0.34

    # Ever
    references: int = 14

    # What everyday work leaves behind
    names_in_talks: float = 0.06  # of the calls to targets that reach the person: most are known by name
    names_at_reception: float = 0.015
    forms_reached: float = 0.14  # of the visits that did not convert


SIDE = Side()
