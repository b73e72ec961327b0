package dev.kingpin.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

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
}
