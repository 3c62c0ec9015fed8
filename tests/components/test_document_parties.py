"""Number, sender and recipient: heads of telegrams, letters, papers and questions, each in its own way."""

from __future__ import annotations

import pytest

from extract.components.document import read_document_data

BODY = "\n\nThe talks about the fish duty went on for two days and the delegates agreed to meet again in the spring.\n"

CATALOGUED = "---\ndoc_date: '1951-05-04'\ntitle: {title}\n---\n\nLima, 4 May 1951\n\nSecret\n" + BODY


@pytest.mark.parametrize(
    ("head", "number"),
    [
        ("Cablegram 88 LIMA, 4 May 1951\n\nSECRET", "88"),
        ("Cablegram Department 88 LIMA, 4 May 1951", "88"),
        ("Cablegram TIN 88 LIMA, 4 May 1951", "TIN 88"),
        ("Telegram RUB 4 COLOMBO, 9 June 1949", "RUB 4"),
        ("Cablegram CONF 61 QUITO, 1 July 1950", "CONF 61"),
        ("Cablegram unnumbered 30 March 1951", None),
        ("Lima, 4 May 1951\n\n412\\. Confidential Priority", "412"),
        ("Lima, 4 May 1951\n\nYour telegram 77.", None),
        ("TIN COUNCIL\n\nDecision No. 88. Distribution of the quotas among makers", "88"),
        ("TIN COUNCIL\n\nDecision No. 88 was taken among friends", None),
        ("[Senate Hearing 88-12]\n\nTIN", "88-12"),
        ("S. Hrg. 88-12\n\nTIN", "88-12"),
        ("SECRET.                  Copy No. 4\nG.T. 6612.\n\nTIN", "G.T. 6612"),
        ("SECRET\nThe Consul at Lima (Roe) to the Minister\n\nLIMA, 4 May 1951\n\n264. Tin is dear.", "264"),
        ("SECRET\nTelegram from Roe to Doe\n\nLima, 4 May 1951\n\n12. Tin is dear.\n\n13. Rope is not.", None),
        ("CP(49) 12\n\nLima, 4 May 1951", "CP(49) 12"),
        ("P.M.M. (49) 6th Meeting LIMA, 4 May 1951", "P.M.M. (49) 6th Meeting"),
        ("HOUSE OF ELDERS\nUNSTARRED QUESTION NO. 4812\n4 May 1951", "4812"),
        ("MINISTER OF TRADE PRESS STATEMENT NO. 3701\n4 May 1951", "3701"),
        ("R 041630Z MAY 51\nFM AMEMBASSY LIMA\nTO SECSTATE WASHDC 8812\nCONFIDENTIAL LIMA 004411", "004411"),
        ("T/PV.3871\nTrade Council\nLIMA, 4 May 1951", "T/PV.3871"),
        ("TRADE REVIEW\nVolume 5, No. 12\n4 May 1951", None),
        ("Fish Duties: An Overview\n\nLibrary Service\nR44121", "R44121"),
        ("Order Code RL31999\nReport for the Assembly\n\nFish Duties", "RL31999"),
        ("Proclamation 8120 of May 4, 2007\n\nTo Adjust Duties on Fish", "8120"),
        ("ACTION MEMORANDUM NO. 166\n\nTO: The Secretary of Fisheries", "166"),
        ("Regulation (EU) No 952/2013 of the Council\n\nof 4 May 2013", "952/2013"),
        ("W/1190\n4 May 1951\n\nFISH DUTIES", "W/1190"),
        ("SPEECH/07/113\nLima, 4 May 2007", "SPEECH/07/113"),
        ("TAO/FISH-88-14\n\nFISH DUTIES", "TAO/FISH-88-14"),
        ("A-31        LIMITED OFFICIAL USE\n\nFROM: Embassy Lima", None),
        ("A-311        LIMITED OFFICIAL USE\n\nFROM: Embassy Lima", "A-311"),
        ("FISHERY BOARD\n\nMINUTES No. 12\n\nLima, 4 May 1951", "12"),
        ("FM AMEMBASSY LIMA\nTO SECSTATE WASHDC\nUNCLAS SECTION 01 OF 02 LIMA 004411", "004411"),
        ("WT/DS412/R\n19 May 2012\n(12-6789)\n\nPERU – DUTIES ON FISH", "WT/DS412/R"),
        ("Control: 3\nReceived: 4 May 1951\n\nFROM: Lima\nTO: Oslo\nNO: 88, May 4, noon", "88"),
        ("Fish Duties fall\n\nRoom B1204, 4 May 2012", None),
        ("---\ntitle: Fish Duties\nsymbol: T/1951/88\ndoc_num: 4\n---\n\nLima, 4 May 1951", "T/1951/88"),
        ("---\ntitle: Fish Duties\ndoc_num: 4\n---\n\nLima, 4 May 1951", None),
        ("FOR PRESS: PM No. 88/1951\n\nFISH DUTIES", "88/1951"),
        ("COUNCIL REGULATION (EC) No 1951/88\nof 4 May 1988\non duties on dried fish", "1951/88"),
        ("For Immediate Release\nRelease No. 0088.51\n\nFishery Board Halves Fees", "0088.51"),
        ("Investigation No. 701-TB-88 (Final)\n\nDried Fish From Peru", "701-TB-88"),
        ("TC.5/SR.88\n\nSUMMARY RECORD OF THE MEETING\n\nHeld on Friday, 4 May 1951", "TC.5/SR.88"),
        ("CB14-88, BEA14-51\n\nFISH TRADE\nMarch 2014", "CB14-88"),
        ("---\ntitle: Note By Roe On Fish Submission No. 88\n---\n\nLima, 4 May 1951\n\nSecret", None),
        ("SECRET 041630Z\nPRIORITY DIR CITE LIMA 8851 ROE ACTING\n\nINFO: FI 4, C/SAD, OPS, RF 2", "8851"),
        ("HOUSE OF ELDERS\n\nMotion No. 13\nThat the bill be amended.", None),
    ],
)
def test_a_document_has_the_number_that_its_head_gives_to_it(head: str, number: str | None) -> None:
    assert read_document_data(head + BODY, {})["number"] == number


@pytest.mark.parametrize(
    ("foot", "number"),
    [
        ("[FR Doc. 51-4188 Filed 5-4-51; 8:45 am]", "51-4188"),
        ("Release No. 51-88", "51-88"),
        ("F/TIN/88", "F/TIN/88"),
        ("No. 88/51", "88/51"),
        ("3 Document 246.", None),
        ("[Archive: A 1838, 283, C l3]", None),
        ("Press contact: 202-417-1111", None),
    ],
)
def test_the_number_of_a_paper_may_stand_at_its_foot(foot: str, number: str | None) -> None:
    text = "DUTIES ON FISH TO BE HALVED\n\n4 May 1951" + BODY + "\n" + foot + "\n"
    assert read_document_data(text, {})["number"] == number


@pytest.mark.parametrize(
    ("title", "sender", "recipient"),
    [
        ("Roe to Department of Fisheries", "Roe", "Department of Fisheries"),
        ("Sir Jan Roe, Minister to Peru, to Mr. J. Doe", "Sir Jan Roe, Minister to Peru", "Mr. J. Doe"),
        ("Letter from Roe to Doe", "Roe", "Doe"),
        ("SUBMISSION NO. 12, ROE TO CABINET", "ROE", "CABINET"),
        ("Cablegram to Lima", None, "Lima"),
        ("Note by Roe on the Fish Duty", "Roe", None),
        ("The Road to Lower Duties on Fish", None, None),
    ],
)
def test_the_title_of_a_catalogue_names_the_parties(title: str, sender: str | None, recipient: str | None) -> None:
    found = read_document_data(CATALOGUED.format(title=title), {})
    assert (found["sender"], found["recipient"]) == (sender, recipient)


def test_a_news_headline_that_goes_to_somewhere_names_no_parties() -> None:
    found = read_document_data("---\ntitle: Envoys to Lima\ndate: '2001-05-04'\n---\n" + BODY, {})
    assert (found["sender"], found["recipient"]) == (None, None)


def test_a_telegram_is_addressed_without_its_number() -> None:
    head = "R 041630Z MAY 51\nFM AMEMBASSY LIMA\nTO SECSTATE WASHDC 8812\nCONFIDENTIAL LIMA 004411\nSUBJ: FISH"
    found = read_document_data(head + BODY, {})
    assert (found["sender"], found["recipient"]) == ("AMEMBASSY LIMA", "SECSTATE WASHDC")


def test_a_letter_is_from_who_signs_it_to_who_is_greeted() -> None:
    text = "4th May, 1951\n\nPERSONAL\n\nMy dear Minister," + BODY + "\nYours sincerely,\n\nJ. L. Roe\n"
    found = read_document_data(text, {})
    assert (found["sender"], found["recipient"]) == ("J. L. Roe", "Minister")


@pytest.mark.parametrize(
    ("head", "sender", "recipient"),
    [
        ("MEMORANDUM FOR THE PRESIDENT\n\nFrom: Jane Roe\nRe: Fish", "Jane Roe", "PRESIDENT"),
        ("MEMORANDUM FOR MR. DOE\nSUBJECT: Fish Duties", None, "MR. DOE"),
        ("MEMORANDUM FOR THE RECORD\nSUBJECT: Fish Duties", None, None),
        ("Fish Duties\n\nJane Roe to John Doe, 4 May 1944", "Jane Roe", "John Doe"),
        ("THE SECRETARY OF TRADE TO THE AMBASSADOR IN PERU\n\nNo. 44.", "SECRETARY OF TRADE", "AMBASSADOR IN PERU"),
        ("QUESTION NO. 12\nTO BE ANSWERED ON 4TH MAY, 2019", None, None),
        ("Sir Jan Roe to the Earl of Doe.—(Received May 9.)\n\nLima, 4 May 1891", "Sir Jan Roe", "Earl of Doe"),
        ("Memorandum 12 by Roe for Doe\n\nLIMA, 4 May 1951", "Roe", "Doe"),
        ("14\nRoe to Doe\nCablegram 88   LIMA, 4 May 1951", "Roe", "Doe"),
        ("SECRET FOR DR DOE FROM ROE\n\nLima, 4 May 1951", "ROE", "DR DOE"),
        ("Control: 41\nPouched: 4 May 1951\n\nFROM: Embassy Lima\nTO: Trade Board", "Embassy Lima", "Trade Board"),
        ("Priority: low\nCopies: six\nTO: The Registrar\nSUBJECT: Fish duties", None, "The Registrar"),
        ("Dear Sirs,\n\nFish Duties", None, None),
        (
            "Memorandum by the President of the Board of Fish\n\nLima, 4 May 1951",
            "President of the Board of Fish",
            None,
        ),
        ("41. Telegram 88 From the Embassy in Peru to the Board of Fish", "Embassy in Peru", "Board of Fish"),
        ("Paper Prepared in the Department of Fish\n\nLima, 4 May 1951", "Department of Fish", None),
        ("WRITTEN QUESTION E-88/97\nby Jane Roe (PSE)\nto the Commission\n\nSubject: Fish", "Jane Roe", "Commission"),
        ("Note by the Secretary of State for Fish (Roe)\n\nLima", "Secretary of State for Fish (Roe)", None),
        ("Desk: Andes\nFROM: Roe\nRE: Fish duties", "Roe", None),
        ("FROM:\nEmbassy, LIMA\nTO:\nTrade Board, OSLO", "Embassy, LIMA", "Trade Board, OSLO"),
        ("TO:\nMr. Doe\n\nSUBJECT:\nFish duties", None, "Mr. Doe"),
        ("TO : Mr. L. Doe      DATE: May 4, 1951\n\nFROM : Ms. J. Roe", "Ms. J. Roe", "Mr. L. Doe"),
        ("FROM: J. Roe    SUBJECT: Fish\nTO: L. Doe", "J. Roe", "L. Doe"),
        ("DISPATCH\n\nTO   Chief, Fish Desk\nFROM   Consul, Lima", "Consul, Lima", "Chief, Fish Desk"),
        ("MEMORANDUM\n\nFROM\tJ. Roe\nTO\tL. Doe", "J. Roe", "L. Doe"),
        (
            "To: All heads of mission\nFrom: Director, Trade Division",
            "Director, Trade Division",
            "All heads of mission",
        ),
    ],
)
def test_a_head_names_who_writes_to_whom(head: str, sender: str | None, recipient: str | None) -> None:
    found = read_document_data(head + BODY, {})
    assert (found["sender"], found["recipient"]) == (sender, recipient)


def test_a_note_without_a_name_in_its_greeting_is_signed_too() -> None:
    text = (
        "Lima, the 4th of May, 1951\n\nSir,"
        + BODY
        + "\nI have the honour to be, Sir,\nYour obedient servant,\n\nJ. L. Roe\n"
    )
    found = read_document_data(text, {})
    assert (found["sender"], found["recipient"], found["date"]) == ("J. L. Roe", None, "1951-05-04")


def test_the_title_of_a_printed_question_is_what_it_is_about() -> None:
    head = "HOUSE OF ELDERS\nUNSTARRED QUESTION NO. 12\nTO BE ANSWERED ON 4TH MAY, 2019\n\nSALT REVENUE\n\n"
    asked = (
        "12. SHRI OM DATTA:\nWill the Minister of SALT be pleased to state:\n(a) whether it has fallen; and\n(b) why?\n"
    )
    assert read_document_data(head + asked, {})["title"] == "SALT REVENUE"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("INWARD CABLEGRAM\n\nFROM: Lima\nTO: Department of Fisheries\nNo. 5  RESTRICTED", None),
        ("FOR PRIME MINISTER FROM ROE\n\nLima, 4 May 1951\n\nSECRET", None),
        ("Sir Jan Roe to the Earl of Doe.—(Received May 9.)\n\nLima, May 4, 1891", None),
        ("A VISIT TO LIMA\n\nMemorandum by Roe for Doe\n\nLima, 4 May 1951", "A VISIT TO LIMA"),
    ],
)
def test_a_line_that_only_routes_a_paper_is_no_title(head: str, title: str | None) -> None:
    assert read_document_data(head + BODY, {})["title"] == title


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("---\npublished_date: 4 May 2001\nlast_modified: 2003-01-01\n---\n" + BODY, "2001-05-04"),
        ("TO BE ANSWERED ON 4 th MAY, 2019" + BODY, "2019-05-04"),
        ("Lima, May 4, 1891. (Received May 9.)" + BODY, "1891-05-04"),
        ("5/24/82 - 14 -" + BODY + "\n5/24/82 - 15 -" + BODY, "1982-05-24"),
        ("Nobody knows what 5/24/82 meant." + BODY, None),
        ("Fish duties fall in Peru Friday, May 4, 2001" + BODY, "2001-05-04"),
        (
            "Fish duties\n\nFriday, May 4, 2001 The owners of a boat spoke of the duty that they pay." + BODY,
            "2001-05-04",
        ),
        ("Fish duties\n\nOn Friday, May 4, 2001 the owners of a boat spoke of the duty." + BODY, None),
        ("SUBJECT: PERU: FISH\n\nE.O. 12958: DECL: 01/13/2015" + BODY, None),
    ],
)
def test_the_day_of_a_document(text: str, day: str | None) -> None:
    assert read_document_data(text, {})["date"] == day
