"""审签: ask a leader by name, sign and seal, or send back."""

from __future__ import annotations

from django.db import transaction

from huanchuang.accounts.models import Role, User
from huanchuang.accounts.queries import actor_of
from huanchuang.audit import services as audit
from huanchuang.engines.kernel.problem import refuse
from huanchuang.orm import clock
from huanchuang.orm.models import save_versioned
from huanchuang.packs.vocabulary import letter_handling
from huanchuang.steering.models import Draft, DraftState, LetterState
from huanchuang.steering.queries.letters.rendering import composed, seal_of, to_seal
from huanchuang.steering.queries.letters.visibility import may_write, writes_on
from huanchuang.steering.services.letters import news
from huanchuang.steering.services.letters.drafting import unanswered
from huanchuang.steering.services.letters.steps import Press, Verb, already_done, must_say, take
from huanchuang.steering.services.letters.steps import locked as locked_letter


@transaction.atomic
def submit(draft: Draft, press: Press, leader: User) -> Draft:
    """Hand the paper to a leader to sign. ProblemError while a figure has neither record nor name, or no result is set."""
    letter = locked_letter(draft.letter) if draft.letter else None
    if letter is not None and already_done(letter, press, Verb.SUBMIT):
        return draft
    draft = _locked(draft)
    if not may_write(press.user, draft):
        raise _wrong_state(draft)
    _must_be_ready(draft)
    if leader.role != Role.LEADER or not leader.is_active:
        raise refuse(
            "steering.draft.no_leader",
            ("审签人", "不是可以审签的领导", "请在列表中选择一位领导"),
            ("Signing leader", "is not a leader", "Choose a leader from the list"),
        )
    draft.state, draft.signer = DraftState.SIGNING, leader
    save_versioned(draft, draft.version if press.version is None else press.version)
    audit.record(actor_of(press.user), "steering.draft.submit", draft.subject, after={"signer": leader.pk})
    if letter is not None:
        take(
            letter,
            Press(press.user, press.token, None, press.reason),
            Verb.SUBMIT,
            LetterState.SIGNING,
            letter.lead,
        )
    news.to_sign(draft, leader)
    return draft


@transaction.atomic
def sign(draft: Draft, press: Press) -> Draft:
    """Sign as the leader who was asked. The paper is sealed: what it says from now on is what its hash was made from."""
    letter = locked_letter(draft.letter) if draft.letter else None
    if letter is not None and already_done(letter, press, Verb.SIGN):
        return draft
    draft = _locked(draft)
    _must_be_asked(press.user, draft)
    _must_be_ready(draft)
    draft.signed_on = clock.today()
    draft.sealed = to_seal(composed(draft, draft.signed_on, press.user.name))
    draft.seal = seal_of(draft.sealed)
    draft.state = DraftState.SEALED
    save_versioned(draft, draft.version if press.version is None else press.version)
    audit.record(
        actor_of(press.user),
        "steering.draft.sign",
        draft.subject,
        after={"seal": draft.seal, "on": str(draft.signed_on)},
    )
    if letter is not None:
        take(letter, Press(press.user, press.token, None, press.reason), Verb.SIGN, LetterState.SIGNED)
        news.tell_lead(letter, "steering.letter.signed", "已审签，请寄送", f"{press.user.name}已审签。")
    return draft


@transaction.atomic
def recall(draft: Draft, press: Press) -> Draft:
    """Take the paper back before it is signed, to change it or to ask another leader: by whoever may write on it."""
    letter = locked_letter(draft.letter) if draft.letter else None
    if letter is not None and already_done(letter, press, Verb.RECALL):
        return draft
    draft = _locked(draft)
    if draft.state != DraftState.SIGNING or not writes_on(press.user, draft):
        raise _wrong_state(draft)
    _back_to_the_desk(draft, press, "recall")
    if letter is not None:
        back = Press(press.user, press.token, None, press.reason)
        take(letter, back, Verb.RECALL, LetterState.HANDLING, letter.lead)
    return draft


def _back_to_the_desk(draft: Draft, press: Press, verb: str) -> None:
    draft.state = DraftState.WRITING
    save_versioned(draft, draft.version if press.version is None else press.version)
    audit.record(actor_of(press.user), f"steering.draft.{verb}", draft.subject, note=press.reason.strip())


@transaction.atomic
def send_back(draft: Draft, press: Press) -> Draft:
    """Give the paper back to be changed, with what is to change."""
    letter = locked_letter(draft.letter) if draft.letter else None
    if letter is not None and already_done(letter, press, Verb.SEND_BACK):
        return draft
    draft = _locked(draft)
    _must_be_asked(press.user, draft)
    reason = must_say(press.reason, "修改意见", "What is to change")
    _back_to_the_desk(draft, press, "send_back")
    if letter is not None:
        take(letter, Press(press.user, press.token, None, reason), Verb.SEND_BACK, LetterState.HANDLING)
        news.tell_lead(
            letter, "steering.letter.sent_back", "审签退回，请修改", f"{press.user.name}：{reason}"
        )
    return draft


def _locked(draft: Draft) -> Draft:
    related = ("letter", "plan", "issuer", "signer")
    return Draft.objects.select_for_update(of=("self",)).select_related(*related).get(pk=draft.pk)


def _must_be_ready(draft: Draft) -> None:
    if open_figures := unanswered(draft):
        shown = "、".join(dict.fromkeys(one.text for one in open_figures[:5]))
        raise refuse(
            "steering.draft.figures",
            (
                f"正文中的{len(open_figures)}处数字（{shown}）",
                "没有对应的记录，也没有人确认",
                "请改为插入记录中的数，或逐处写明出处并确认",
            ),
            (
                f"{len(open_figures)} figures in the text ({shown})",
                "have no record and nobody has answered for them",
                "Take them from a record, or say where each comes from and confirm it",
            ),
        )
    must_say(draft.body, "正文", "Body")
    if draft.letter is not None and draft.mark not in letter_handling().marks:
        raise refuse(
            "steering.draft.mark",
            ("办理结果", "没有选定分类", "请选择办理结果分类后再送审签"),
            ("Result", "is not chosen", "Choose the result before it goes to be signed"),
        )


def _must_be_asked(user: User, draft: Draft) -> None:
    if draft.state != DraftState.SIGNING:
        raise _wrong_state(draft)
    if draft.signer_id != user.pk:
        named = draft.signer.name if draft.signer else ""
        raise refuse(
            "steering.draft.not_signer",
            ("审签", f"这份公文送请{named}审签", "只有指定的审签人可以审签或退回"),
            (
                "Signing",
                "another leader was asked to sign",
                "Only the leader who was asked may sign or send back",
            ),
        )


def _wrong_state(draft: Draft) -> Exception:
    return refuse(
        "steering.draft.state",
        (f"“{draft.title}”", f"当前是“{draft.get_state_display()}”，不能这样做", "请刷新页面后再看"),
        (
            f'"{draft.title}"',
            f'its state is "{draft.state}", so this does not fit',
            "Reload the page and look again",
        ),
    )
