"""From west to east: the one order in which readers find the bureaus."""

from collections.abc import Iterable

from bureaus.models import Bureau, TimeZone

# By the longitude of their middle. Of a province with several names the others follow after "|".
_PROVINCES = """
Aceh
Sumatera Utara
Sumatera Barat
Riau
Bengkulu
Jambi
Sumatera Selatan
Kepulauan Riau
Lampung
Banten
Kepulauan Bangka Belitung|Bangka Belitung
Jakarta|DKI Jakarta|Daerah Khusus Jakarta|Daerah Khusus Ibukota Jakarta
Jawa Barat
Jawa Tengah
Daerah Istimewa Yogyakarta|DI Yogyakarta|D.I. Yogyakarta|Yogyakarta
Kalimantan Barat
Jawa Timur
Kalimantan Tengah
Bali
Kalimantan Selatan
Kalimantan Timur
Kalimantan Utara
Nusa Tenggara Barat
Sulawesi Barat
Sulawesi Selatan
Nusa Tenggara Timur
Sulawesi Tengah
Sulawesi Tenggara
Gorontalo
Sulawesi Utara
Maluku Utara
Maluku
Papua Barat Daya
Papua Barat
Papua Tengah
Papua
Papua Pegunungan
Papua Selatan
"""
_RANKS = {
    name.casefold(): rank
    for rank, names in enumerate(_PROVINCES.split("\n"))
    for name in names.split("|")
    if name
}
_ZONES = list(TimeZone)


def west_to_east(bureaus: Iterable[Bureau]) -> list[Bureau]:
    """By zone, then by province, then by name.

    What stands in the field of the province and is none comes last in its zone.
    """
    return sorted(bureaus, key=_place)


def _place(bureau: Bureau) -> tuple[int, int, str]:
    province = " ".join(bureau.province.split()).casefold()
    return _ZONES.index(TimeZone(bureau.time_zone)), _RANKS.get(province, len(_RANKS)), bureau.name
