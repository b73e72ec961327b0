package dev.kingpin.tune;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SelectionTest {
  @Test
  void theKthSmallestIsWhereSortingPutsIt() {
    Random random = new Random(1);
    for (int size : new int[] {1, 2, 3, 10, 101, 1000}) {
      long[] values = random.longs().distinct().limit(size).toArray();
      assertSelected(values);
    }
  }

  @Test
  void orderedValuesAreSelectedToo() {
    long[] ascending = new Random(2).longs().distinct().limit(300).sorted().toArray();
    long[] descending = new long[300];
    long[] organ = new long[300];
    for (int i = 0; i < 300; i++) {
      descending[i] = ascending[299 - i];
      organ[i] = ascending[i < 150 ? 2 * i : 599 - 2 * i];
    }
    assertSelected(ascending);
    assertSelected(descending);
    assertSelected(organ);
    assertSelected(new long[] {Long.MAX_VALUE, Long.MIN_VALUE, 0, -1});
  }

  private static void assertSelected(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    int step = Math.max(1, values.length / 50);
    for (int k = 1; k <= values.length; k += step) {
      assertThat(Selection.smallest(values.clone(), k)).isEqualTo(sorted[k - 1]);
    }
    assertThat(Selection.smallest(values.clone(), values.length))
        .isEqualTo(sorted[values.length - 1]);
  }
}
