package dev.kingpin.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
  @ParameterizedTest
  @CsvSource({
    "0, row, '0 rows'",
    "1, row, '1 row'",
    "1234, group, '1,234 groups'",
    "-1, row, '-1 rows'"
  })
  void countsThings(long n, String noun, String text) {
    assertThat(Numbers.count(n, noun)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "31.249; 31.2",
        "0.05117; 0.0512",
        "9.999; 10.0",
        "999.6; 1,000",
        "1234.5; 1,235",
        "12345678; 12,345,678",
        "0; 0",
        "-0.0; 0",
        "-2.5; -2.50",
        "0.00012345; 0.000123",
        "0.000012345; 1.23e-5",
        "1.5e20; 1.5e20",
        "NaN; -",
        "Infinity; inf",
        "-Infinity; -inf"
      })
  void roundsMetricsToThreeDigits(double value, String text) {
    assertThat(Numbers.metric(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0.0549; 5.5%",
        "-0.0003; 0.0%",
        "-0.0312; -3.1%",
        "1; 100%",
        "-12.5; -1,250%",
        "NaN; -",
        "-Infinity; -"
      })
  void writesShares(double share, String text) {
    assertThat(Numbers.percent(share)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.0 s",
    "1.234, 1.2 s",
    "9.96, 10 s",
    "59.4, 59 s",
    "59.6, 1 min",
    "80, 1 min 20 s",
    "3599.7, 1 h",
    "7500, 2 h 5 min",
    "NaN, -"
  })
  void writesTimeSpans(double seconds, String text) {
    assertThat(Numbers.duration(seconds)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 B", "812, 812 B", "1000, 1.0 kB", "1449000, 1.4 MB", "999600, 1.0 MB"})
  void writesSizes(long bytes, String text) {
    assertThat(Numbers.bytes(bytes)).isEqualTo(text);
  }
}
