from django.template.loader import render_to_string

from reportcards.documents.document import Document
from reportcards.documents.typesetting import render_pdf
from reportcards.rewards.paper import RewardList

STYLESHEET = "css/documents/official.css"
TEMPLATE = "reportcards/document/reward_list.html"


def reward_list_document(reward_list: RewardList) -> Document:
    html = render_to_string(TEMPLATE, {"list": reward_list})
    return Document(reward_list.file_name, render_pdf(html, STYLESHEET))
