"""The words that go out with a public file: whose it is, and whether a machine made it.

XMP, after the IPTC Photo Metadata Standard 2023.2. Nothing else of the original's metadata does.
"""

from collections.abc import Mapping
from xml.sax.saxutils import escape

# IPTC's codes of digital source types.
SOURCE_TYPES = {
    "made": "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
    "altered": "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia",
}
# What is printed in it. The public files change when one of these does.
WORDS = ("creator", "credit", "copyright", "ai")
_XPACKET = "W5M0MpCehiHzreSzNTczkc9d"  # the mark by which programs find the packet (XMP 1, 7.3.2)


def xmp_packet(words: Mapping[str, str]) -> bytes:
    """The packet for these words; empty without any."""
    parts = []
    if creator := words.get("creator"):
        parts.append(
            f"<dc:creator><rdf:Seq><rdf:li>{escape(creator)}</rdf:li></rdf:Seq></dc:creator>"
        )
    if notice := words.get("copyright"):
        parts.append(
            '<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">'
            f"{escape(notice)}</rdf:li></rdf:Alt></dc:rights>"
        )
    if credit := words.get("credit"):
        parts.append(f"<photoshop:Credit>{escape(credit)}</photoshop:Credit>")
    if source := SOURCE_TYPES.get(words.get("ai", "")):
        parts.append(f"<Iptc4xmpExt:DigitalSourceType>{source}</Iptc4xmpExt:DigitalSourceType>")
    if not parts:
        return b""
    return (
        f'<?xpacket begin="\ufeff" id="{_XPACKET}"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'
        ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">'
        f"{''.join(parts)}</rdf:Description></rdf:RDF></x:xmpmeta>"
        '<?xpacket end="r"?>'
    ).encode()
