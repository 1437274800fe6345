import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.normal import contains, normal, numbers
from eval.wording import char_f1, cmrc_em, cmrc_f1, exact_match, nugget_recall


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1月20号。", "1月20号"),
        ("25％", "25%"),
        ("三十个亿", "30亿"),
        ("百分之二十五", "25%"),
        ("一百万", "100万"),
        ("1,234,567", "1234567"),
        ("两千五百", "2500"),
        ("两千五", "2500"),
        ("三点五亿", "3.5亿"),
        ("二〇二〇年", "2020年"),
        ("３０亿", "30亿"),
        ("*东旭 说：“好”", "东旭说好"),
        ("TiDB", "tidb"),
    ],
)
def test_what_says_the_same_becomes_the_same(one, other):
    assert normal(one) == normal(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("25%", "52%"),
        ("25%", "25"),
        ("2.5", "25"),
        ("3、4", "34"),
        ("会低于", "不会低于"),
        ("李总", "张总"),
        ("1.20", "1.2"),
        ("-5%", "5%"),
        ("C++", "C"),
    ],
)
def test_what_differs_stays_apart(one, other):
    assert normal(one) != normal(other)


@pytest.mark.parametrize("words", ["千万别", "三四千米", "上百万", "亿人民币", "十几家", "百分之百"])
def test_numerals_that_state_no_amount_do_not_break_the_text(words):
    assert normal(words)
    assert normal(normal(words)) == normal(words)


def test_a_number_is_not_found_inside_a_longer_one():
    assert contains(normal("卖了30亿元"), normal("三十亿元"))
    assert not contains(normal("130家"), normal("30家"))
    assert not contains(normal("3.25%"), normal("25%"))
    assert numbers(normal("25％的人,2.5倍")) == {"25%", "2.5"}


@given(st.text(max_size=80))
def test_normalising_twice_changes_no_more_than_once(text):
    assert normal(normal(text)) == normal(normal(normal(text)))


def test_nuggets_are_an_and_of_ors():
    assert nugget_recall("我们卖了三十个亿。", [["30亿", "3000000000"], ["五十人"]]) == 0.5
    assert nugget_recall("", []) == 1.0


def test_texts_are_compared_by_character_and_by_latin_word():
    assert exact_match("1月20号。", "１月20号") == 1.0
    assert char_f1("卖了30亿", "卖30亿") == pytest.approx(2 * 2 / 5)
    assert char_f1("", "好") == 0.0


def test_the_official_cmrc_rule_takes_the_longest_common_run():
    assert cmrc_em("“年1月20号”。", "年1月20号") == 1.0
    assert cmrc_f1("我们在TiDB上", "我们用TiDB上") == pytest.approx(2 * 2 / (5 + 5))
    assert cmrc_f1("25%", "25%。") == 1.0
    assert cmrc_em("25％", "25%") == 0.0  # what our own rule repairs
