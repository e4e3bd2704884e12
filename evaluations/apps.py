"""evaluations: reviews, appraisal, marks, scoring, awards, and the pages that show everything."""
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvaluationsConfig(AppConfig):
    name = "evaluations"
    verbose_name = _("评价")

    def ready(self):
        _tell_the_campaign()
        from functools import partial

        from campaign import due
        from campaign.domain.activity_uses import register_scorer
        from campaign.domain.origins import register_answered, register_origin
        from evaluations.domain import due_duties, due_reviews, due_sources, opinion_ladder
        from evaluations.domain.activity_uses import counting_indicators
        from evaluations.domain.low_items import appraisal_behind
        from evaluations.domain.opinion_follow_ups import opinion_behind, opinions_answered
        from evaluations.domain.review_list import review_behind

        for module in (due_sources, due_duties, due_reviews, opinion_ladder):
            for kind, source in module.SOURCES.items():
                due.register(kind, partial(source, due.DueThing))
        register_scorer(counting_indicators)
        register_origin("review", review_behind)
        register_origin("appraisal", appraisal_behind)
        register_origin("opinion", opinion_behind)
        register_answered(opinions_answered)
        _register_symposiums()

        from campaign.domain.spot_pools import register_complaints
        from evaluations.domain.opinion_weights import often_complained_of

        register_complaints(often_complained_of)

        from evaluations.domain.award_export import write_export
        from units.domain.exports import register
        register("award_list", write_export)
        _register_questionnaires()
        _take_part_in_successions()

        from evaluations.domain.import_undo import refuse_what_was_scored
        from units.domain.import_undo import register_check

        register_check(refuse_what_was_scored)

        from evaluations import list_columns, permission_rows, run_lists
        from units import permission_table

        list_columns.register_lists()
        run_lists.register_lists()
        permission_table.register(*permission_rows.ROWS)


def _register_symposiums():
    """An item of the ledger names the meeting it came from; an activity of that kind leads to its record."""
    from campaign.domain.activity_uses import register_taker
    from campaign.domain.origins import register_origin
    from evaluations.domain.symposiums import symposium_behind, symposium_of

    register_origin("symposium", symposium_behind)
    register_taker(symposium_of)


def _tell_the_campaign():
    """Reviews and nominations stand in the units' calendars; runs and awards are asked before the frame changes."""
    from campaign.domain.agenda import register_agenda
    from campaign.domain.frame_effects import register_probe
    from evaluations.domain import agenda_sources
    from evaluations.domain.frame_effects import scores_and_awards

    for kind, source in agenda_sources.SOURCES.items():
        register_agenda(kind, source)
    register_probe(scores_and_awards)


def _register_questionnaires():
    """Released results are taken away as files; an item of the ledger names the questionnaire it came from."""
    from campaign.domain.origins import register_origin
    from evaluations.domain import poll_export, questionnaire_export
    from evaluations.domain.question_follow_ups import questionnaire_behind
    from units.domain.exports import register

    register(questionnaire_export.KIND, questionnaire_export.write_results)
    register(poll_export.KIND, poll_export.write_poll_results)
    register_origin("question", questionnaire_behind)


def _take_part_in_successions():
    """Whoever takes in a unit complained of is complained of instead; what nobody can answer any more goes to the office."""
    from evaluations.domain import opinion_successions
    from units.domain.successions import Estate, register_estate

    register_estate("opinions", Estate(opinion_successions.foresee, opinion_successions.settle))
