package dev.kingpin.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GroupSizesTest {
  @Test
  void groupsOfExponentZeroAreEqual() {
    assertThat(GroupSizes.zipf(8, 1e6, 0)).containsOnly(125_000).hasSize(8);
  }

  @Test
  void theSecondOfExponentOneIsHalfOfTheFirst() {
    long[] sizes = GroupSizes.zipf(1000, 1e9, 1);
    assertThat(Arrays.stream(sizes).sum()).isCloseTo(1_000_000_000L, within(1000L));
    assertThat(sizes[0]).as("not sorted").isNotEqualTo(Arrays.stream(sizes).max().orElse(0));
    Arrays.sort(sizes);
    assertThat(sizes[998]).isCloseTo(sizes[999] / 2, within(1L));
    assertThat(sizes[0]).isPositive();
  }

  @Test
  void refusesWhatMakesNoGroups() {
    assertThatThrownBy(() -> GroupSizes.zipf(0, 10, 1)).hasMessageContaining("Maybe use --groups");
    assertThatThrownBy(() -> GroupSizes.zipf(11, 10, 1)).hasMessageContaining("Maybe use --rows");
    assertThatThrownBy(() -> GroupSizes.zipf(2, 10, -1)).hasMessageContaining("Maybe use --zipf");
  }
}
