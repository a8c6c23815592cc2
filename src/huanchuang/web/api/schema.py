"""The description of the API (OpenAPI 3.1) as it is served: what ninja reads from the signatures, and what they cannot say."""

from __future__ import annotations

from typing import Any

from ninja.openapi.schema import OpenAPISchema

from huanchuang.web.api.problems import MEDIA_TYPE, TITLES, ProblemDetails

DESCRIPTION = (
    "凭访问令牌（Authorization: Bearer hc_…）或登录会话调用，权限与页面相同。出错时一律返回 application/problem+json"
    "（RFC 9457），语言按 Accept-Language（zh 或 en）。列表用 page 和 page_size 翻页，Link 应答头给出前后页。"
    "地址中的 v1 只在不兼容时才变；增加字段不算不兼容。\n\n"
    "By access token (Authorization: Bearer hc_…) or session, with the rights of the pages. Every error is "
    "application/problem+json (RFC 9457) in the language of Accept-Language (zh or en). Lists turn by page and page_size; "
    "the Link header names the neighbours. The v1 of the address changes only with what is incompatible; new fields are not."
)
TAGS = {
    "policies": "政策：查目录，按数据测算，说明理由 / policies: list, decide, explain",
    "definitions": "规则：草稿和已发布的版本 / rules: drafts and published versions",
    "registry": "名录：十类记录 / the register: ten kinds of entries",
    "facts": "数据：有日期、有来源 / dated, sourced facts",
    "steering": "台账和建议提案 / the ledger, and proposals",
    "jobs": "后台任务 / long work",
}
ALWAYS, WITH_BODY = (400, 401, 403, 404, 422, 429), (413, 415)
LINK = {"schema": {"type": "string"}, "description": "RFC 8288: first, prev, next, last"}
EXAMPLE = {
    "type": "urn:huanchuang:problem:policies.api.given",
    "title": "内容有误",
    "status": 422,
    "detail": "职工总数 2025：读不出“很多”。请对照接口说明改正这一项，其余内容不用改",
    "instance": "/api/v1/policies/decide",
    "request_id": "0f5c1e7ab2d4",
    "problems": [
        {
            "where": "职工总数 2025",
            "what": "读不出“很多”",
            "remedy": "请对照接口说明改正这一项，其余内容不用改",
            "code": "policies.api.given",
        }
    ],
}


def completed(found: OpenAPISchema) -> OpenAPISchema:
    """The description with every error that can come, the `Link` header of lists, and a word on each part."""
    for path, methods in found["paths"].items():
        for method, operation in methods.items():
            _complete(operation, has_body=method == "post")
            operation["operationId"] = _name_of(method, path)
    components = found["components"]
    components["responses"] = {f"Problem{status}": _response(status) for status in (*ALWAYS, *WITH_BODY)}
    whole = ProblemDetails.model_json_schema(
        ref_template="#/components/schemas/{model}", mode="serialization"
    )
    components["schemas"].update(whole.pop("$defs", {}))
    components["schemas"]["ProblemDetails"] = {**whole, "examples": [EXAMPLE]}
    found["tags"] = [{"name": name, "description": text} for name, text in TAGS.items()]
    found["servers"] = [{"url": "/"}]
    return found


def _complete(operation: dict[str, Any], has_body: bool) -> None:
    responses = operation["responses"]
    for status in (*ALWAYS, *(WITH_BODY if has_body else ())):
        responses[status] = {"$ref": f"#/components/responses/Problem{status}"}
    if any(one["name"] == "page" for one in operation["parameters"]):
        responses[200]["headers"] = {"Link": LINK}


def _response(status: int) -> dict[str, Any]:
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}}
    return {"description": " / ".join(TITLES[status]), "content": content}


def _name_of(method: str, path: str) -> str:
    """get_policies_for_pk: the same name as long as the address is the same, for programs that are made from it."""
    words = path.removeprefix("/api/v1/").replace("{", "").replace("}", "").replace("-", "_")
    return f"{method}_{words.replace('/', '_')}".strip("_")
