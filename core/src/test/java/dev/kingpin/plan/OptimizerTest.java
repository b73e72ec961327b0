package dev.kingpin.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Which way to train is chosen. */
class OptimizerTest {
  private static final double TIE = 1.001;

  @Provide
  Arbitrary<List<Demand>> groups() {
    return Given.anyGroup().list().ofMinSize(1).ofMaxSize(12);
  }

  @Provide
  Arbitrary<List<Demand>> manyGroups() {
    return Arbitraries.doubles()
        .between(0.1, 40)
        .map(s -> Given.seconds(1 + s.intValue(), s * s))
        .list()
        .ofMinSize(100)
        .ofMaxSize(400);
  }

  @Provide
  Arbitrary<Cluster> clusters() {
    return Given.anyCluster();
  }

  private static Optimizer optimizer(Cluster cluster, Demand... groups) {
    return new Optimizer(List.of(Given.groups(cluster, groups)), cluster);
  }

  private static Candidate auto(Optimizer optimizer) {
    return Objects.requireNonNull(optimizer.decide().chosen());
  }

  private static void checkNoneIsFaster(Optimizer optimizer) {
    Candidate chosen = auto(optimizer);
    assertThat(chosen.problem()).isNull();
    assertThat(Stage.sumBatches(chosen.stages())).isFalse();
    for (Strategy strategy : Strategies.all()) {
      Candidate single = optimizer.candidate(strategy);
      if (single.problem() == null) {
        assertThat(chosen.seconds())
            .as(single.strategy())
            .isLessThanOrEqualTo(single.seconds() * TIE);
      }
    }
  }

  @Property(tries = 40)
  void noStrategyIsFasterThanAuto(
      @ForAll("groups") List<Demand> groups, @ForAll("clusters") Cluster cluster) {
    checkNoneIsFaster(new Optimizer(List.of(new Demands(groups, cluster.network())), cluster));
  }

  @Property(tries = 10)
  void noStrategyIsFasterThanAutoWhenGroupsAreBundled(@ForAll("manyGroups") List<Demand> groups) {
    Cluster cluster = Given.cluster(4, Cluster.Network.TEN_GIGABIT);
    checkNoneIsFaster(new Optimizer(List.of(new Demands(groups, cluster.network())), cluster));
  }

  @Test
  void theChosenPlanTakesWhatItIsSaidToTake() {
    Cluster cluster = Given.cluster(3, Cluster.Network.TEN_GIGABIT);
    List<Demand> groups = new ArrayList<>();
    for (int g = 0; g < 500; g++) {
      groups.add(Given.seconds(1 + g, 1 + g / 10.0));
    }
    Demands demands = new Demands(groups, cluster.network());
    Candidate chosen = auto(new Optimizer(List.of(demands), cluster));
    assertThat(Simulator.run(chosen.stages(), demands, cluster).seconds())
        .isEqualTo(chosen.seconds());
    assertThat(chosen.stages().stream().mapToInt(s -> s.groups().size()).sum()).isEqualTo(500);
  }

  @Test
  void aMixtureBeatsEveryStrategyWhereGiantsAndManySmallGroupsMeet() {
    Cluster cluster = Given.cluster(8, new Cluster.Network(1e9, 0.05));
    List<Demand> groups = new ArrayList<>();
    groups.add(Given.group(800, 0, Given.sum(new Steps(20, 2, 0, 0, 1e3, 1e3, 1))));
    for (int g = 0; g < 45; g++) {
      groups.add(Given.group(20, 0, Given.sum(new Steps(20, 0.06, 0, 0, 1e3, 1e3, 1))));
    }
    Optimizer optimizer = new Optimizer(List.of(new Demands(groups, cluster.network())), cluster);
    Candidate chosen = auto(optimizer);
    assertThat(chosen.strategy()).isEqualTo("mixed");
    for (Strategy strategy : Strategies.all()) {
      double seconds = optimizer.candidate(strategy).seconds();
      assertThat(Double.isNaN(seconds) || chosen.seconds() < 0.97 * seconds)
          .as(strategy.name() + " " + seconds + ", mixed " + chosen.seconds())
          .isTrue();
    }
  }

  @Test
  void ofEqualsTheSimplestIsTaken() {
    Cluster cluster = Given.cluster(2, Given.INSTANT);
    Decision decision = optimizer(cluster, Given.seconds(8, 3), Given.seconds(8, 3)).decide();
    assertThat(Objects.requireNonNull(decision.chosen()).strategy()).isEqualTo("gtp");
  }

  @Test
  void ofEqualsTheSimplestIsTakenAlsoWhereGroupsAreBundled() {
    Cluster cluster = Given.cluster(4, Given.INSTANT);
    Demand[] groups = new Demand[1201];
    Arrays.fill(groups, Given.seconds(1, 1));
    assertThat(auto(optimizer(cluster, groups)).strategy()).isEqualTo("gtp");
  }

  @Test
  void whatDoesNotFitInMemoryIsNotChosen() {
    Cluster.Worker worker = new Cluster.Worker(1, 600);
    Cluster cluster =
        new Cluster(Given.MACHINE, Collections.nCopies(2, worker), Given.INSTANT, Cluster.APART);
    Demand giant = Given.group(100, 1000, Given.sum(Given.steps(10, 1)));
    Decision decision = optimizer(cluster, giant).decide();
    assertThat(Objects.requireNonNull(decision.chosen()).simulation()).isNotNull();
    assertThat(Objects.requireNonNull(decision.chosen().simulation()).peakByte())
        .isLessThanOrEqualTo(600);
    assertThat(decision.candidates())
        .filteredOn(c -> c.strategy().equals("gtp"))
        .singleElement()
        .extracting(Candidate::problem)
        .asString()
        .contains("out of memory");
  }

  @Test
  void whereNothingFitsNothingIsChosen() {
    Cluster.Worker worker = new Cluster.Worker(1, 400);
    Cluster cluster =
        new Cluster(Given.MACHINE, Collections.nCopies(2, worker), Given.INSTANT, Cluster.APART);
    Demand giant = Given.group(100, 1000, Given.sum(Given.steps(10, 1)));
    assertThat(optimizer(cluster, giant).decide().chosen()).isNull();
  }

  @Test
  void memoryIsSharedOutWhereItIsScarcerThanTime() {
    Cluster.Worker worker = new Cluster.Worker(1, 1300);
    Cluster cluster =
        new Cluster(Given.MACHINE, Collections.nCopies(4, worker), Given.INSTANT, Cluster.APART);
    List<Demand> groups = new ArrayList<>();
    groups.add(Given.group(400, 4000, Given.sum(Given.steps(10, 1)))); // all rows, little to do
    for (int g = 0; g < 20; g++) {
      groups.add(Given.group(1, 10, Given.sum(Given.steps(10, 1))));
    }
    Optimizer optimizer = new Optimizer(List.of(new Demands(groups, cluster.network())), cluster);
    assertThat(optimizer.candidate(GroupTasks.LARGEST_FIRST).problem()).contains("memory");
    assertThat(auto(optimizer).seconds()).isLessThan(65);
  }

  @Test
  void sumsOfBatchesAreNeverChosenButMayBeAskedFor() {
    Cluster cluster = Given.cluster(4, Given.INSTANT);
    Demand group = new Demand(8, 1, 0, List.of(Given.hop(10, 0, Given.steps(4, 4))), List.of());
    Optimizer optimizer = optimizer(cluster, group);
    assertThat(auto(optimizer).strategy()).isEqualTo("gtp");
    Decision asked = optimizer.decide(new DataParallel());
    assertThat(Objects.requireNonNull(asked.chosen()).strategy()).isEqualTo("dp");
    assertThat(asked.chosen().seconds()).isLessThan(auto(optimizer).seconds());
    assertThat(Stage.sumBatches(asked.chosen().stages())).isTrue();
    assertThat(asked.chosen().problem()).contains("within 0.001").contains("not the same bits");
    assertThat(asked.chosen().obstacle()).isNull();
    assertThat(asked.candidates()).extracting(Candidate::strategy).contains("gtp", "dp", "gl");
  }

  @Test
  void aGroupOfOneBlockHasNoBatchesToSum() {
    Cluster cluster = Given.cluster(4, Given.INSTANT);
    Demand group = new Demand(1, 1, 0, List.of(Given.hop(10, 0, Given.steps(4, 4))), List.of());
    Candidate candidate = optimizer(cluster, group).candidate(new DataParallel());
    assertThat(Stage.sumBatches(candidate.stages())).isFalse();
    assertThat(candidate.problem()).isNull();
  }

  @Test
  void parentsAreTrainedBeforeTheirChildren() {
    Cluster cluster = Given.cluster(2, Given.INSTANT);
    Demands parents = Given.groups(cluster, Given.seconds(1, 2));
    Demands children = Given.groups(cluster, Given.seconds(1, 3), Given.seconds(1, 3));
    Candidate chosen = auto(new Optimizer(List.of(parents, children), cluster));
    assertThat(chosen.seconds()).isEqualTo(5);
    assertThat(chosen.stages().get(0).groups()).extracting(Stage.Placed::group).containsExactly(0);
    assertThat(chosen.stages().get(1).groups())
        .extracting(Stage.Placed::group)
        .containsExactlyInAnyOrder(1, 2);
  }
}
