"""Addresses of steering, below /steering/."""

from __future__ import annotations

from django.urls import path

from huanchuang.steering.views import changes, ledger, measure, plans, review, shaping, split, target
from huanchuang.steering.views.letters import drafts
from huanchuang.steering.views.letters import lists as letters
from huanchuang.steering.views.letters import record as letter

app_name = "steering"

urlpatterns = [
    path("", plans.plans, name="plans"),
    path("upload/", plans.upload, name="upload"),
    path("plans/<int:pk>/", plans.plan, name="plan"),
    path("plans/<int:pk>/review/", review.review, name="review"),
    path("plans/<int:pk>/review/decide/", review.decide, name="decide"),
    path("plans/<int:pk>/review/text/", review.text, name="desk_text"),
    path("plans/<int:pk>/review/news/", review.newcomers, name="desk_news"),
    path("plans/<int:pk>/review/merge/", shaping.merge, name="merge"),
    path("plans/<int:pk>/review/add/", shaping.add, name="add"),
    path("plans/<int:pk>/review/put-in-force/", review.put_in_force, name="put_in_force"),
    path("ledger/", ledger.show, name="ledger"),
    path("ledger/export/", ledger.export, name="export"),
    path("due/", ledger.due, name="due"),
    path("targets/<int:pk>/", target.target, name="target"),
    path("targets/<int:pk>/why/", target.why, name="why"),
    path("targets/<int:pk>/report/", target.report, name="report"),
    path("targets/<int:pk>/evidence/", target.evidence, name="evidence"),
    path("targets/<int:pk>/close/", target.close_request, name="close_request"),
    path("targets/<int:pk>/verify/", target.verification, name="verify"),
    path("targets/<int:pk>/adjust/", changes.adjust, name="adjust"),
    path("targets/<int:pk>/turn/", changes.turn, name="turn"),
    path("targets/<int:pk>/basis/", measure.basis, name="basis"),
    path("targets/<int:pk>/members/", measure.members, name="members"),
    path("targets/<int:pk>/nodes/", measure.node, name="node"),
    path("targets/<int:pk>/nodes/finish/", measure.finish, name="finish_node"),
    path("targets/<int:pk>/split/", split.portions, name="split"),
    path("targets/<int:pk>/duties/", split.duties, name="duties"),
    path("targets/<int:pk>/weights/", split.weigh, name="weigh"),
    path("evidence/<int:evidence>/withdraw/", target.withdraw, name="withdraw_evidence"),
    path("changes/<int:change>/decide/", changes.decide, name="decide_change"),
    path("slips/", ledger.slips, name="slips"),
    path("targets/<int:pk>/correct/", review.correct, name="correct"),
    path("letters/", letters.letters, name="letters"),
    path("letters/new/", letter.new, name="letter_new"),
    path("letters/export/", letters.export, name="letters_export"),
    path("letters/statistics/", letters.numbers, name="letter_statistics"),
    path("letters/statistics/export/", letters.numbers_export, name="letter_statistics_export"),
    path("letters/<int:letter>/", letter.letter, name="letter"),
    path("letters/<int:letter>/look/", letter.look, name="letter_look"),
    path("letters/<int:letter>/assign/", letter.assign, name="letter_assign"),
    path("letters/<int:letter>/talk/", letter.talk, name="letter_talk"),
    path("letters/<int:letter>/longer/", letter.longer, name="letter_longer"),
    path("letters/<int:letter>/draft/", drafts.begin, name="letter_draft"),
    path("letters/<int:letter>/send/", letter.send, name="letter_send"),
    path("letters/<int:letter>/feedback/", letter.feedback, name="letter_feedback"),
    path("letters/<int:letter>/again/", letter.again, name="letter_again"),
    path("letters/<int:letter>/publicity/", letter.publicity, name="letter_publicity"),
    path("letters/<int:letter>/close/", letter.close, name="letter_close"),
    path("letters/units/<int:handling_>/", letter.handle, name="letter_handle"),
    path("letters/units/<int:handling_>/return/", letter.return_, name="letter_return"),
    path("letters/longer/<int:extension>/", letter.longer_decide, name="letter_longer_decide"),
    path("published/", letters.published, name="published"),
    path("published/<int:letter>/", letters.published_letter, name="published_letter"),
    path("reports/", drafts.reports, name="reports"),
    path("reports/new/", drafts.report_begin, name="report_begin"),
    path("letters/drafts/<int:draft>/", drafts.draft, name="draft"),
    path("letters/drafts/<int:draft>/write/", drafts.write, name="draft_write"),
    path("letters/drafts/<int:draft>/submit/", drafts.submit, name="draft_submit"),
    path("letters/drafts/<int:draft>/sign/", drafts.sign, name="draft_sign"),
    path("letters/drafts/<int:draft>/word/", drafts.word, name="draft_word"),
    path("letters/drafts/<int:draft>/word/full/", drafts.word_full, name="draft_word_full"),
    path("targets/<int:pk>/divide/", shaping.divide, name="divide"),
]
