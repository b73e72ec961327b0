package dev.kingpin.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTest {
  private static final Page NARROW = new Page(30, Paint.NONE);

  @Test
  void textsStandLeftNumbersRightAndPointsBelowEachOther() {
    TextTable table = new TextTable().texts("name").numbers("rows").decimals("rmse").texts("why");
    table.row().cell("SEA").cell("12,970").cell("28.1").cell("");
    table.row().cell("Portland").cell("3").cell("0.0512").cell("x");
    table.row().cell("A").cell("20").cell("1,234");
    table.row().cell("B").cell("20").cell("").cell("too few");

    assertThat(table.render(Page.plain()))
        .isEqualTo(
            """
            name        rows        rmse  why
            --------  ------  ----------  -------
            SEA       12,970     28.1
            Portland       3      0.0512  x
            A             20  1,234
            B             20              too few
            """);
  }

  @Test
  void rendersTheSameTwice() {
    TextTable table = new TextTable().decimals("x");
    table.row().cell("1.25");
    table.row().cell("10");
    assertThat(table.render(Page.plain())).isEqualTo(table.render(Page.plain()));
  }

  @Test
  void cutsTheWidestTextsButNoNumbers() {
    TextTable table = new TextTable().texts("key").numbers("rows").texts("reason");
    table.row().cell("SEA").cell("1,000,000,000").cell("the matrix is singular");

    assertThat(table.render(NARROW))
        .isEqualTo(
            """
            key           rows  reason
            ---  -------------  ----------
            SEA  1,000,000,000  the matri…
            """);
  }

  @Test
  void givesUpCuttingBelowEightColumns() {
    TextTable table = new TextTable().texts("a").texts("b");
    table.row().cell("123456789").cell("123456789");
    assertThat(table.render(new Page(5, Paint.NONE))).endsWith("1234567…  1234567…\n");
  }

  @Test
  void wideAndCombiningSignsKeepTheirColumns() {
    TextTable table = new TextTable().texts("city").texts("s");
    table.row().cell("東京").cell("x");
    table.row().cell("Zu\u0308rich").cell("x");
    table.row().cell("한국 서울 특별시").cell("x");

    assertThat(table.render(new Page(16, Paint.NONE)))
        .isEqualTo(
            """
            city           s
            -------------  -
            東京           x
            Zu\u0308rich         x
            한국 서울 특…  x
            """);
  }

  @Test
  void noCellMovesTheCursor() {
    TextTable table = new TextTable().texts("");
    table.row().cell("a\nb\t\u001b[2Jc\u202ed");
    assertThat(table.render(Page.plain())).isEqualTo("a\uFFFDb\uFFFD\uFFFD[2Jc\uFFFDd\n");
  }

  @Test
  void coloursTakeNoRoom() {
    TextTable table = new TextTable().texts("s").numbers("n");
    table.row().cell("failed", Tone.BAD).cell("1");
    assertThat(table.render(new Page(80, Paint.ANSI)))
        .endsWith("\u001b[31mfailed\u001b[0m  1\n")
        .startsWith("\u001b[1ms\u001b[0m       \u001b[1mn\u001b[0m\n");
  }
}
