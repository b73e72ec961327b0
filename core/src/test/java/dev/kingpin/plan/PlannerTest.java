package dev.kingpin.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.TestTables;
import dev.kingpin.TestTables.Recipe;
import dev.kingpin.data.Family;
import dev.kingpin.data.GroupKey;
import dev.kingpin.data.GroupedTable;
import dev.kingpin.data.MemoryTable;
import dev.kingpin.engine.TestJobs;
import dev.kingpin.engine.TrainJob;
import dev.kingpin.learner.toy.BinnedLearner;
import dev.kingpin.query.TrainQuery;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlannerTest {
  private static final int[] SIZES = {60, 20_000, 500, 40, 45, 2_000};

  private static final TrainJob JOB = job();

  /** Groups of three columns: the first two are the same for several groups. */
  private static TrainJob job() {
    MemoryTable made = TestTables.make(Recipe.of(SIZES), 4);
    int rows = IntStream.of(SIZES).sum();
    String[] first = new String[rows];
    double[] second = new double[rows];
    for (int r = 0; r < rows; r++) {
      first[r] = r % 3 == 0 ? "a" : "b";
      second[r] = r % 2;
    }
    TrainQuery query =
        TrainQuery.groupBy("a", "b", "g").predict("y").from("x0", "x1").minRows(2).build();
    return TestJobs.withFamilies(
        new BinnedLearner(),
        TestJobs.defaults(new BinnedLearner()),
        query,
        made.text("a", first).number("b", second));
  }

  private static List<GroupPlan> level(int level) {
    return JOB.plan().levels().get(level);
  }

  @Test
  void theGlobalModelComesFirstThenFamiliesColumnByColumnThenGroups() {
    assertThat(JOB.plan().levels()).hasSize(4);
    assertThat(JOB.plan().hasFamilies()).isTrue();
    for (int depth = 0; depth <= 3; depth++) {
      assertThat(level(depth))
          .extracting(GroupPlan::family)
          .containsExactlyInAnyOrderElementsOf(JOB.table().families(depth));
    }
    assertThat(JOB.plan().groups()).isEqualTo(level(3)).hasSize(4 * SIZES.length);
  }

  @Test
  void everyFamilyIsPlannedAfterTheFamiliesAboveIt() {
    Set<GroupKey> before = new HashSet<>();
    for (List<GroupPlan> level : JOB.plan().levels()) {
      for (GroupPlan plan : level) {
        GroupKey key = plan.family().key();
        for (int depth = 0; depth < key.values().size(); depth++) {
          assertThat(before).contains(key.prefix(depth));
        }
      }
      level.forEach(plan -> before.add(plan.family().key()));
    }
  }

  @Test
  void theCostliestOfALevelIsStartedFirst() {
    for (List<GroupPlan> level : JOB.plan().levels()) {
      assertThat(level).isSortedAccordingTo(Comparator.comparingDouble(GroupPlan::cost).reversed());
    }
    GroupedTable table = JOB.table();
    long largest =
        table.families(3).stream().mapToLong(f -> table.rows(f).rows()).max().orElseThrow();
    assertThat(table.rows(JOB.plan().groups().get(0).family()).rows()).isEqualTo(largest);
  }

  @Test
  void whatIsSharedHasManyRowBlocks() {
    for (List<GroupPlan> level : JOB.plan().levels()) {
      for (GroupPlan plan : level) {
        assertThat(plan.shared()).isEqualTo(JOB.table().rows(plan.family()).blocks() >= 16);
      }
    }
    assertThat(level(0).get(0).shared()).isTrue();
  }

  @Test
  void theCostOfAPlanIsThatOfAllLevels() {
    double cost = 0;
    for (List<GroupPlan> level : JOB.plan().levels()) {
      cost += level.stream().mapToDouble(GroupPlan::cost).sum();
    }
    assertThat(JOB.plan().cost())
        .isCloseTo(cost, org.assertj.core.data.Percentage.withPercentage(1e-9));
  }

  @Test
  void withoutFamiliesGroupsAreTheOnlyLevel() {
    List<Family> groups = JOB.table().families(3);
    TrainPlan plan =
        Planner.plan(JOB.table(), new BinnedLearner(), JOB.chains(), List.of(), groups);
    assertThat(plan.levels()).hasSize(1);
    assertThat(plan.hasFamilies()).isFalse();
    assertThat(plan.groups()).isEqualTo(JOB.plan().groups());
  }
}
