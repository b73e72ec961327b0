package dev.kingpin.engine.walled;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final List<String> begun = new ArrayList<>();

  private void arrives(Turns turns, int stage, String group) {
    turns.arrived(stage, () -> begun.add(group));
  }

  @Test
  void groupsOfTheFirstStageBeginWhenTheirRowsAreThere() {
    Turns turns = new Turns(new int[] {2, 1});
    arrives(turns, 0, "a");
    arrives(turns, 1, "c");
    arrives(turns, 0, "b");
    assertThat(begun).containsExactly("a", "b");
  }

  @Test
  void aStageBeginsWhenNothingIsLeftOfTheOneBefore() {
    Turns turns = new Turns(new int[] {2, 2});
    arrives(turns, 1, "c");
    turns.ended(0);
    assertThat(begun).isEmpty();
    turns.ended(0);
    assertThat(begun).containsExactly("c");
    arrives(turns, 1, "d");
    assertThat(begun).containsExactly("c", "d");
  }

  @Test
  void stagesThatAnEarlierRunHasDoneAreSkipped() {
    Turns turns = new Turns(new int[] {0, 0, 1, 0, 1});
    arrives(turns, 2, "a");
    assertThat(begun).containsExactly("a");
    turns.ended(2);
    arrives(turns, 4, "b");
    assertThat(begun).containsExactly("a", "b");
  }
}
