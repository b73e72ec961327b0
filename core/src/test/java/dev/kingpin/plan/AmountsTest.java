package dev.kingpin.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kingpin.data.InputException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountsTest {
  @ParameterizedTest
  @CsvSource({
    "10Gbit, 1.25e9",
    "10 gbit/s, 1.25e9",
    "500Mbit, 62.5e6",
    "1.25GB, 1.25e9",
    "100GB/s, 100e9",
    "8bit, 1"
  })
  void readsBandwidths(String word, double bytes) {
    assertThat(Amounts.bandwidth("--network", word)).isCloseTo(bytes, within(1e-6 * bytes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "0Gbit", "-1Gbit", "10GiB", "fast"})
  void refusesOtherBandwidths(String word) {
    assertThatThrownBy(() -> Amounts.bandwidth("--network", word))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "--network takes a bandwidth, not (" + word + "). Maybe write 10Gbit or 500Mbit.");
  }

  @ParameterizedTest
  @CsvSource({"50us, 50e-6", "50 µs, 50e-6", "0.5ms, 5e-4", "2s, 2", "100ns, 1e-7", "0us, 0"})
  void readsTimes(String word, double seconds) {
    assertThat(Amounts.seconds("--latency", word)).isCloseTo(seconds, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "50", "50m", "-1us", "soon"})
  void refusesOtherTimes(String word) {
    assertThatThrownBy(() -> Amounts.seconds("--latency", word))
        .isInstanceOf(InputException.class)
        .hasMessage("--latency takes a time, not (" + word + "). Maybe write 50us or 1ms.");
  }
}
