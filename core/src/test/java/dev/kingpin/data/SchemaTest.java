package dev.kingpin.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaTest {
  private static final Schema SCHEMA =
      new Schema(
          "flights.csv",
          List.of(
              new Column("Delay", ColumnType.NUMBER),
              new Column("delay", ColumnType.NUMBER),
              new Column("Origin", ColumnType.TEXT)));

  @Test
  void anExactNameWinsOverOneThatIgnoresCase() {
    assertThat(SCHEMA.get("delay").name()).isEqualTo("delay");
    assertThat(SCHEMA.get("Delay").name()).isEqualTo("Delay");
    assertThat(SCHEMA.get("DELAY").name()).isEqualTo("Delay");
    assertThat(SCHEMA.get("origin").name()).isEqualTo("Origin");
  }

  @Test
  void anUnknownNameBringsTheNearest() {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> SCHEMA.get("orign"))
        .withMessageContaining("Column (orign) is not in flights.csv. Maybe you meant (Origin)?")
        .withMessageContaining("The columns are: Delay, delay, Origin.");
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> SCHEMA.get("temperature"))
        .withMessageContaining("Maybe it is one of these: Delay, delay, Origin.");
  }

  @ParameterizedTest
  @CsvSource({
    "delay, delay, 0",
    "delay, DELAY, 0",
    "delay, dely, 1",
    "delay, delays, 1",
    "delay, daley, 2",
    "'', abc, 3",
    "kitten, sitting, 3",
  })
  void distanceIsTheNumberOfEdits(String a, String b, int edits) {
    assertThat(Spelling.distance(a, b)).isEqualTo(edits).isEqualTo(Spelling.distance(b, a));
  }

  @Test
  void aThirdOfTheLettersMayBeWrong() {
    assertThat(Spelling.nearest("weekdya", List.of("weekday", "week"))).hasValue("weekday");
    assertThat(Spelling.nearest("w", List.of("x", "hour"))).hasValue("x");
    assertThat(Spelling.nearest("abcdef", List.of("abxyzf"))).isEmpty();
    assertThat(Spelling.nearest("ac", List.of("ab", "aa"))).hasValue("aa");
  }
}
