"""What readers see of the objects in a story, now and after something else has changed."""

import re

from articles import workflow
from articles.models import Picture
from tests.factories import make_picture, make_story, publish_correction
from tests.reading import path_of

PARAGRAPHS = "<p>Satu.</p><p>Dua.</p><p>Tiga.</p><p>Empat.</p><p>Lima.</p>"


def shown(reader, edition, prefix=""):
    response = reader("cilacap").get(prefix + path_of(edition))
    return response, response.content.decode()


def picture_html(picture, **more) -> str:
    said = "".join(f' data-{name}="{value}"' for name, value in more.items())
    return f'<figure data-object="picture" data-id="{picture.pk}"{said}></figure>'


def see_also(edition) -> str:
    return f'<figure data-object="see-also" data-id="{edition.article_id}"></figure>'


def test_a_picture_has_its_words_and_is_the_library_s_of_today(reader, publish, cilacap):
    picture = make_picture(cilacap, alt_text="Kapal kayu", credit="Danu", caption="Di dermaga")
    edition = publish(body=PARAGRAPHS + picture_html(picture))
    _response, page = shown(reader, edition)
    assert 'alt="Kapal kayu"' in page
    assert 'Di dermaga <span class="figure__credit">Danu</span>' in page
    Picture.objects.update(alt_text="Kapal besi")
    assert 'alt="Kapal besi"' in shown(reader, edition)[1]


def test_a_caption_for_this_use_comes_before_the_picture_s_own(reader, publish, cilacap):
    picture = make_picture(cilacap, caption="Di dermaga")
    edition = publish(body=PARAGRAPHS + picture_html(picture, caption="&lt;b&gt;Pagi&lt;/b&gt;"))
    _response, page = shown(reader, edition)
    assert "&lt;b&gt;Pagi&lt;/b&gt;" in page
    assert "Di dermaga" not in page


def test_a_credit_alone_is_set_off_from_nothing(reader, publish, cilacap):
    told = make_picture(cilacap, caption="Kapal kayu", credit="Danu")
    bare = make_picture(cilacap, caption="", credit="Wening")
    gallery = f'<figure data-object="gallery" data-ids="{told.pk},{bare.pk}"></figure>'
    _response, page = shown(reader, publish(body=PARAGRAPHS + gallery))
    assert 'Kapal kayu <span class="figure__credit">Danu</span>' in page
    assert '<figcaption> <span class="figure__credit figure__credit--alone">Wening</span>' in page


def test_without_pictures_a_page_says_what_they_show(reader, publish, cilacap):
    one = make_picture(cilacap, alt_text="Kapal kayu")
    two = make_picture(cilacap, alt_text="Dermaga kosong")
    gallery = f'<figure data-object="gallery" data-ids="{one.pk},{two.pk}"></figure>'
    edition = publish(body=PARAGRAPHS + gallery)
    _response, page = shown(reader, edition, "/teks")
    assert "Kapal kayu" in page
    assert "Dermaga kosong" in page
    assert "<img" not in page


def test_a_see_also_is_a_link_to_the_story_as_it_is_called_now(
    reader, publish, correspondent, editor, network_editor
):
    other = publish(headline="Harga ikan turun")
    edition = publish(body=PARAGRAPHS + see_also(other))
    response, page = shown(reader, edition)
    assert "Baca juga" in page
    assert page.count(f'href="{other.address.get_absolute_url()}"') == 1
    assert f"article:{other.article_id}" in response.headers["Surrogate-Key"].split()


def test_a_retracted_see_also_vanishes(reader, publish, editor, network_editor):
    other = publish(headline="Harga ikan turun")
    edition = publish(body=PARAGRAPHS + see_also(other))
    workflow.retract(other.article, by=editor, ground="factual", reason="Keliru sepenuhnya.")
    workflow.confirm_retraction(other.article, by=network_editor)
    response, page = shown(reader, edition)
    assert "Baca juga" not in page
    assert "Harga ikan turun" not in page
    # Should it come back, this page is to be made anew.
    assert f"article:{other.article_id}" in response.headers["Surrogate-Key"].split()


def test_a_draft_and_the_story_itself_are_no_see_also(reader, publish, correspondent, cilacap):
    draft = make_story(correspondent, cilacap, headline="Rahasia dapur")
    html = f'<figure data-object="see-also" data-id="{draft.pk}"></figure>'
    _response, page = shown(reader, publish(body=PARAGRAPHS + html))
    assert "Rahasia dapur" not in page
    assert "Baca juga" not in page


def test_an_embed_is_a_card_and_nothing_is_asked_of_its_service(reader, publish):
    html = (
        '<figure data-object="embed" data-url="https://youtu.be/dQw4w9WgXcQ"'
        ' data-caption="Rekaman"></figure>'
    )
    _response, page = shown(reader, publish(body=PARAGRAPHS + html))
    assert 'href="https://www.youtube.com/watch?v=dQw4w9WgXcQ" rel="noopener nofollow"' in page
    assert "Buka di YouTube" in page
    assert "<iframe" not in page


def test_a_still_of_the_library_stands_on_the_card(reader, publish, cilacap):
    still = make_picture(cilacap, alt_text="Kapal di layar", credit="Danu")
    html = (
        f'<figure data-object="embed" data-still="{still.pk}"'
        ' data-url="https://youtu.be/dQw4w9WgXcQ"></figure>'
    )
    edition = publish(body=PARAGRAPHS + html)
    response, page = shown(reader, edition)
    card = page[page.index('<figure class="embed') : page.index("</figure>")]
    assert 'alt="Kapal di layar"' in card
    assert '<span class="figure__credit figure__credit--alone">Danu</span>' in card
    assert set(re.findall(r'https?://([^/"]+)', card)) == {"www.youtube.com"}
    assert f"picture:{still.pk}" in response.headers["Surrogate-Key"].split()
    text_only = shown(reader, edition, "/teks")[1]
    assert "Buka di YouTube" in text_only
    assert "Danu" not in text_only[text_only.index('<figure class="embed') :].split("</figure>")[0]


def test_what_is_paid_for_vouches_for_no_embed(reader, publish):
    html = '<figure data-object="embed" data-url="https://youtu.be/dQw4w9WgXcQ"></figure>'
    edition = publish(body=PARAGRAPHS + html, paid=True, source="press_release", source_name="PT")
    assert 'rel="sponsored noopener nofollow"' in shown(reader, edition)[1]


def test_objects_cost_one_statement_and_only_where_there_are_pictures(
    reader, publish, cilacap, django_assert_num_queries
):
    other = publish()
    pictures = "".join(picture_html(make_picture(cilacap)) for _number in range(3))
    for body, count in (
        (PARAGRAPHS, 3),
        (PARAGRAPHS + see_also(other), 3),
        (PARAGRAPHS + pictures + see_also(other), 4),
    ):
        edition = publish(body=body)
        reader("cilacap").get(path_of(edition))
        with django_assert_num_queries(count):
            reader("cilacap").get(path_of(edition))


def test_a_page_is_made_anew_when_a_picture_in_it_changes(reader, publish, cilacap):
    picture = make_picture(cilacap)
    response, _page = shown(reader, publish(body=PARAGRAPHS + picture_html(picture)))
    assert f"picture:{picture.pk}" in response.headers["Surrogate-Key"].split()


def test_readers_are_told_when_an_object_was_changed(reader, publish, cilacap):
    other = publish(headline="Harga ikan turun")
    edition = publish(body=PARAGRAPHS + picture_html(make_picture(cilacap), caption="Pagi"))
    newer = publish_correction(edition, body=PARAGRAPHS + see_also(other))
    page = reader("cilacap").get(f"{path_of(newer)}/perubahan").content.decode()
    assert "Gambar: Pagi" in page
    assert "Baca juga: Harga ikan turun" in page
