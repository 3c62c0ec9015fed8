"""What CLDR and ISO 3166 do not say of countries' names: usual short forms, former states, irregular adjectives.

Source: CLDR 46's short and variant territory names (which Babel leaves out), ISO 3166-3 for former states, the
adjective and noun columns of the CIA World Factbook's "Nationality" field. Reason: Babel and pycountry give one formal
name a country and no adjectives; regular adjectives are derived by rule in ``countries.py`` and are not listed here.
One line a country: code, colon, forms separated by semicolons.
"""

from __future__ import annotations

SHORT_FORMS = """
US: US; U.S.; U.S; USA; U.S.A.; United States; United States of America; America; the States
GB: UK; U.K.; U.K; United Kingdom; Britain; Great Britain; England; Scotland; Wales; Northern Ireland
CN: PRC; P.R.C.; People's Republic of China; People’s Republic of China; mainland China; Communist China; Red China
TW: Republic of China; Formosa; Chinese Taipei; Nationalist China
KR: ROK; R.O.K.; South Korea; Republic of Korea; Korea
KP: DPRK; D.P.R.K.; North Korea; Democratic People's Republic of Korea; Democratic People’s Republic of Korea
SU: Soviet Union; USSR; U.S.S.R.; Soviet Russia; Union of Soviet Socialist Republics
RU: Russia; Russian Federation
DE: Germany; Federal Republic of Germany; West Germany; FRG; F.R.G.
DD: East Germany; GDR; G.D.R.; German Democratic Republic
CS: Czechoslovakia
YU: Yugoslavia
ZR: Zaire
CZ: Czech Republic; Czechia
TR: Turkey; Türkiye; Turkiye
NL: Netherlands; Holland; The Netherlands
CI: Ivory Coast; Cote d'Ivoire; Côte d'Ivoire
CV: Cape Verde; Cabo Verde
MM: Burma; Myanmar
LK: Ceylon; Sri Lanka
TH: Siam; Thailand
IR: Persia; Iran
KH: Kampuchea; Cambodia
SZ: Swaziland; Eswatini
MK: Macedonia; North Macedonia
TL: East Timor; Timor-Leste
VN: Vietnam; Viet Nam; South Vietnam; North Vietnam
SA: Saudi Arabia; KSA
AE: UAE; U.A.E.; United Arab Emirates
ZA: South Africa
NZ: New Zealand
PS: Palestine; Gaza; Gaza Strip; West Bank
VA: Vatican; Holy See; Vatican City
CD: DRC; Democratic Republic of the Congo; Democratic Republic of Congo
CG: Republic of the Congo; Congo
BA: Bosnia; Bosnia-Herzegovina; Bosnia and Herzegovina
TT: Trinidad; Trinidad and Tobago
PG: Papua New Guinea; PNG
BN: Brunei; Brunei Darussalam
MO: Macau; Macao
HK: Hong Kong
RH: Rhodesia; Southern Rhodesia
LA: Laos
SY: Syria
FM: Micronesia
EG: Egypt; United Arab Republic
BD: Bangladesh; East Pakistan
IE: Ireland; Irish Republic; Republic of Ireland; Irish Free State
ET: Ethiopia; Abyssinia
BJ: Benin; Dahomey
BF: Burkina Faso; Upper Volta
GM: Gambia
"""

IRREGULAR_ADJECTIVES = """
US: American
GB: British; English; Scottish; Welsh; Briton; Englishman; Scotsman; Scot; Scots; Englishwoman; Welshman; Brit
FR: French; Frenchman; Frenchwoman
NL: Dutch; Dutchman; Dutchwoman
IE: Irish; Irishman; Irishwoman
DE: German; West German
DD: East German
CA: Canadian
CN: Chinese
TW: Taiwanese
HK: Hongkonger; Hong Konger
PT: Portuguese
ES: Spanish; Spaniard
CH: Swiss
SE: Swedish; Swede
DK: Danish; Dane
FI: Finnish; Finn
NO: Norwegian
PL: Polish; Pole
GR: Greek
TR: Turkish; Turk
CZ: Czech
SK: Slovak; Slovakian
SI: Slovene; Slovenian
HR: Croatian; Croat
RS: Serbian; Serb
BA: Bosnian
CY: Cypriot
LU: Luxembourger
LV: Latvian
PH: Filipino; Filipina; Philippine
TH: Thai; Siamese
VN: Vietnamese
MM: Burmese
LA: Laotian; Lao
KH: Cambodian; Khmer
NZ: New Zealander; Kiwi
AU: Australian; Aussie
IL: Israeli
IQ: Iraqi
SA: Saudi; Saudi Arabian
AE: Emirati
YE: Yemeni; Yemenite
LB: Lebanese
PS: Palestinian
AF: Afghan; Afghani
PK: Pakistani
BD: Bangladeshi
NP: Nepalese; Nepali
UZ: Uzbek
KZ: Kazakh; Kazakhstani
KG: Kyrgyz
TJ: Tajik
TM: Turkmen
AZ: Azerbaijani; Azeri
MX: Mexican
PE: Peruvian
PA: Panamanian
EC: Ecuadorian; Ecuadorean
SV: Salvadoran; Salvadorean
DO: Dominican
BR: Brazilian
AR: Argentine; Argentinian; Argentinean
CR: Costa Rican
BB: Barbadian; Bajan
TT: Trinidadian
CI: Ivorian
CD: Congolese
SN: Senegalese
MA: Moroccan
SZ: Swazi
LS: Basotho
NE: Nigerien
GH: Ghanaian
BW: Botswanan
MG: Malagasy
SU: Soviet
RU: Russian
CS: Czechoslovak; Czechoslovakian
YU: Yugoslav; Yugoslavian
KR: Korean; South Korean
KP: North Korean
MC: Monegasque
MT: Maltese
IS: Icelandic; Icelander
AL: Albanian
XK: Kosovar
ME: Montenegrin
ZW: Zimbabwean
RH: Rhodesian
ZR: Zairian
IR: Iranian; Persian
LK: Sri Lankan; Ceylonese
MV: Maldivian
SG: Singaporean
MO: Macanese
PG: Papuan
BE: Belgian; Walloon
NI: Nicaraguan
HN: Honduran
BS: Bahamian
MU: Mauritian
TG: Togolese
PR: Puerto Rican
TL: Timorese; East Timorese
SR: Surinamese
MZ: Mozambican
SC: Seychellois
UA: Ukrainian
RO: Romanian; Rumanian
MY: Malaysian; Malayan
TJ: Tajikistani
UG: Ugandan
"""
# Adjectives of regions that the rules for countries would spell otherwise.
REGION_ADJECTIVES = """
Middle Eastern; European; Western European; Eastern European; Central European; Latin American; Latin; Arab; Arabian;
Scandinavian; Nordic; Caribbean; Central American; South American; North American; Asian; East Asian; South Asian;
Southeast Asian; Central Asian; Asian-Pacific; African; South African; West African; East African; Baltic; Balkan;
Slavic; Hispanic; Latino; Anglo-Saxon; Anglo-American; Eurasian; Pan-American; Polynesian; Melanesian
"""

# Named apart from the country whose code they carry.
PARTS_OF_COUNTRIES = frozenset(
    {"England", "Scotland", "Wales", "Northern Ireland", "Gaza", "Gaza Strip", "West Bank", "East Pakistan", "Trinidad"}
)


def table(lines: str) -> dict[str, tuple[str, ...]]:
    """The lines of a table above as code → forms."""
    rows = (line.split(":", 1) for line in lines.strip().splitlines())
    found: dict[str, tuple[str, ...]] = {}
    for code, forms in rows:
        found[code] = (*found.get(code, ()), *(form.strip() for form in forms.split(";")))
    return found
