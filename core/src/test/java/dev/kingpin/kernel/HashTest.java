package dev.kingpin.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HashTest {

  @Test
  void theValuesNeverChange() {
    assertThat(Hash.mix(1)).isEqualTo(0x5692161d100b05e5L);
    assertThat(Hash.hash(42, 7)).isEqualTo(Hash.hash(42, 7));
  }

  @Test
  void neighboursDoNotCollideUnderNeighbouringSeeds() {
    Set<Long> seen = new HashSet<>();
    for (long seed = 0; seed < 100; seed++) {
      for (long value = 0; value < 1000; value++) {
        seen.add(Hash.hash(seed, value));
      }
    }
    assertThat(seen).hasSize(100_000);
  }

  @Test
  void unitsFillTheIntervalEvenly() {
    int[] counts = new int[10];
    for (long value = 0; value < 100_000; value++) {
      counts[(int) (10 * Hash.unit(Hash.hash(3, value)))]++;
    }
    for (int count : counts) {
      assertThat(count).isCloseTo(10_000, within(400));
    }
    assertThat(Hash.unit(-1)).isLessThan(1);
    assertThat(Hash.unit(0)).isZero();
  }

  @Test
  void eachInputBitMovesAboutHalfTheOutputBits() {
    for (int bit = 0; bit < 64; bit++) {
      long moved = 0;
      for (long value = 0; value < 1000; value++) {
        moved += Long.bitCount(Hash.hash(1, value) ^ Hash.hash(1, value ^ (1L << bit)));
      }
      assertThat(moved / 1000.0).isCloseTo(32, within(1.5));
    }
  }
}
