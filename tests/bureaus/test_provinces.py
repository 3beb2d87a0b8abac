"""In which order readers find the bureaus."""

from bureaus.models import Bureau
from bureaus.provinces import west_to_east


def order_of(*bureaus: tuple[str, str, str]) -> list[str]:
    made = [Bureau(name=name, province=place, time_zone=zone) for name, place, zone in bureaus]
    return [bureau.name for bureau in west_to_east(made)]


def test_bureaus_stand_from_west_to_east_by_zone_and_province():
    zones = {"wib": "Asia/Jakarta", "wita": "Asia/Makassar", "wit": "Asia/Jayapura"}
    assert order_of(
        ("Ambon", "Maluku", zones["wit"]),
        ("Jayapura", "Papua", zones["wit"]),
        ("Kupang", "Nusa Tenggara Timur", zones["wita"]),
        ("Makassar", "Sulawesi Selatan", zones["wita"]),
        ("Mataram", "Nusa Tenggara Barat", zones["wita"]),
        ("Banyumas", "Jawa Tengah", zones["wib"]),
        ("Cilacap", "jawa  tengah ", zones["wib"]),
        ("Pontianak", "Kalimantan Barat", zones["wib"]),
        ("Yogyakarta", "DI Yogyakarta", zones["wib"]),
        ("Zona Sabang", "Aceh", zones["wib"]),
        ("Ternate", "Maluku Utara", zones["wit"]),
    ) == [
        "Zona Sabang",
        "Banyumas",
        "Cilacap",
        "Yogyakarta",
        "Pontianak",
        "Mataram",
        "Makassar",
        "Kupang",
        "Ternate",
        "Ambon",
        "Jayapura",
    ]


def test_a_province_that_nobody_knows_comes_last_in_its_zone():
    zone = "Asia/Jakarta"
    assert order_of(
        ("B", "", zone), ("A", "Negeri Atas Angin", zone), ("C", "Jawa Timur", zone)
    ) == ["C", "A", "B"]
