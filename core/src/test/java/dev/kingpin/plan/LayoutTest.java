package dev.kingpin.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.plan.Placement.Shard;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What strategies make of groups. */
class LayoutTest {
  private static final int TRIES = 200;

  @Provide
  Arbitrary<List<Demand>> groups() {
    return Given.anyGroup().list().ofMinSize(1).ofMaxSize(30);
  }

  @Provide
  Arbitrary<List<Demand>> sizes() {
    return Arbitraries.doubles()
        .between(0.1, 100)
        .map(s -> Given.seconds(1 + (int) (10 * s), s))
        .list()
        .ofMinSize(1)
        .ofMaxSize(60);
  }

  @Provide
  Arbitrary<Cluster> clusters() {
    return Given.anyCluster();
  }

  private static List<Strategy> all() {
    List<Strategy> all = new ArrayList<>(Strategies.all());
    for (Mixed.Way way : Mixed.Way.values()) {
      for (double giant : new double[] {1, 0.1}) {
        all.add(new Mixed(1, giant, way));
        all.add(new Mixed(2, giant, way));
      }
    }
    return all;
  }

  private static List<Stage.Placed> placed(Strategy strategy, Demands groups, Cluster cluster) {
    List<Stage.Placed> placed = new ArrayList<>();
    if (strategy.place(groups, cluster) instanceof Layout.Stages stages) {
      stages.stages().forEach(s -> placed.addAll(s.groups()));
    }
    return placed;
  }

  private static List<Shard> shards(Placement placement) {
    if (placement instanceof Placement.Cut cut) {
      return cut.shards();
    }
    return placement instanceof Placement.Summed summed ? summed.shards() : List.of();
  }

  /** (workers): seconds at their speed, by weight. */
  private static double[] loads(List<Stage.Placed> placed, Demands groups, Cluster cluster) {
    double[] weights = new double[groups.size()];
    Arrays.setAll(weights, groups::weight);
    return loads(placed, weights, cluster);
  }

  private static double[] loads(List<Stage.Placed> placed, double[] weights, Cluster cluster) {
    double[] loads = new double[cluster.size()];
    double[] speeds = cluster.speeds();
    for (Stage.Placed p : placed) {
      double weight = weights[p.group()];
      if (p.placement() instanceof Placement.Whole whole) {
        loads[whole.owner()] += weight / speeds[whole.owner()];
      }
      for (Shard s : shards(p.placement())) {
        loads[s.worker()] += weight * s.share() / speeds[s.worker()];
      }
    }
    return loads;
  }

  private static double max(double[] values) {
    return Arrays.stream(values).max().orElseThrow();
  }

  @Property(tries = TRIES)
  void everyStrategyPlacesEveryGroupOnce(
      @ForAll("groups") List<Demand> groups, @ForAll("clusters") Cluster cluster) {
    Demands demands = new Demands(groups, cluster.network());
    for (Strategy strategy : all()) {
      List<Stage.Placed> placed = placed(strategy, demands, cluster);
      if (strategy.place(demands, cluster) instanceof Layout.Stages) {
        assertThat(placed).extracting(Stage.Placed::group).doesNotHaveDuplicates();
        assertThat(placed).hasSize(groups.size());
      }
    }
  }

  @Property(tries = TRIES)
  void shardsAreInOrderAndDisjointAndHoldEveryPieceOnce(
      @ForAll("groups") List<Demand> groups, @ForAll("clusters") Cluster cluster) {
    Demands demands = new Demands(groups, cluster.network());
    for (Strategy strategy : all()) {
      for (Stage.Placed placed : placed(strategy, demands, cluster)) {
        Demand group = groups.get(placed.group());
        if (placed.placement() instanceof Placement.Summed summed) {
          checkParts(summed.shards(), group.blocks());
        } else {
          checkShards(shards(placed.placement()), group.cuts());
        }
      }
    }
  }

  private static void checkShards(List<Shard> shards, int pieces) {
    Set<Integer> workers = new HashSet<>();
    int next = 0;
    for (Shard shard : shards) {
      assertThat(shard.from()).isEqualTo(next);
      assertThat(shard.to()).isGreaterThan(shard.from());
      double share = (double) (shard.to() - shard.from()) / pieces;
      assertThat(shard.share()).isCloseTo(share, Offset.offset(1e-12));
      assertThat(workers.add(shard.worker())).isTrue();
      next = shard.to();
    }
    assertThat(next).isIn(0, pieces);
  }

  /** Every worker has one part of all batches, and row blocks as if they were cut into as many. */
  private static void checkParts(List<Shard> shards, int blocks) {
    assertThat(shards).hasSizeGreaterThan(1).extracting(Shard::worker).doesNotHaveDuplicates();
    for (int s = 0; s < shards.size(); s++) {
      Shard shard = shards.get(s);
      assertThat(shard.from()).isEqualTo(s);
      assertThat(shard.to()).isEqualTo(s + 1);
      int first = VirtualShards.firstBlock(s, shards.size(), blocks);
      int end = VirtualShards.firstBlock(s + 1, shards.size(), blocks);
      assertThat(shard.share()).isCloseTo((end - first) / (double) blocks, Offset.offset(1e-12));
    }
  }

  @Property(tries = TRIES)
  void ownersHaveRowsOfTheirGroups(
      @ForAll("groups") List<Demand> groups, @ForAll("clusters") Cluster cluster) {
    Demands demands = new Demands(groups, cluster.network());
    for (Strategy strategy : all()) {
      for (Stage.Placed placed : placed(strategy, demands, cluster)) {
        int owner = placed.placement().owner();
        assertThat(owner).isBetween(0, cluster.size() - 1);
        if (placed.placement() instanceof Placement.Spread spread) {
          assertThat(spread.workers()).contains(owner);
          assertThat(spread.workers()).hasSize(groups.get(placed.group()).tasks().size());
        } else if (!(placed.placement() instanceof Placement.Whole)) {
          assertThat(shards(placed.placement())).extracting(Shard::worker).contains(owner);
        }
      }
    }
  }

  @Property(tries = TRIES)
  void groupedLearningCutsFewerGroupsThanThereAreWorkers(
      @ForAll("groups") List<Demand> groups, @ForAll("clusters") Cluster cluster) {
    Demands demands = new Demands(groups, cluster.network());
    List<Stage.Placed> placed = placed(new GroupedLearning(), demands, cluster);
    assertThat(placed.stream().filter(p -> p.placement() instanceof Placement.Cut).count())
        .isLessThan(cluster.size());
  }

  @Property(tries = TRIES)
  void groupedLearningFillsWorkersToHalfAPieceAtEitherEnd(
      @ForAll("groups") List<Demand> groups, @ForAll("clusters") Cluster cluster) {
    Demands demands = new Demands(groups, cluster.network());
    WrapWeights weights = new WrapWeights(demands, cluster, new WrapWay(1, 1, false, false, false));
    double piece = 0;
    double[] all = new double[demands.size()];
    for (int g = 0; g < all.length; g++) {
      all[g] = weights.of(g);
      piece = Math.max(piece, all[g] / demands.of(g).cuts());
    }
    List<Stage.Placed> placed = new WrapPlacing(demands, cluster, weights).placed();
    double[] loads = loads(placed, all, cluster);
    for (int w = 0; w < loads.length; w++) {
      assertThat(loads[w] * cluster.speeds()[w])
          .isCloseTo(weights.level() * cluster.speeds()[w], Offset.offset(piece * (1 + 1e-9)));
    }
  }

  @Property(tries = TRIES)
  void largestFirstIsWithinFourThirdsOfTheBound(
      @ForAll("sizes") List<Demand> groups, @ForAll("workers") int workers) {
    Cluster cluster = Given.cluster(workers, Given.INSTANT);
    Demands demands = new Demands(groups, cluster.network());
    double[] loads = loads(placed(GroupTasks.LARGEST_FIRST, demands, cluster), demands, cluster);
    double[] sorted = groups.stream().mapToDouble(Demand::seconds).sorted().toArray();
    double longest = sorted[sorted.length - 1];
    double twoOfOne = // of the first groups, one more than workers, two meet
        groups.size() > workers
            ? sorted[sorted.length - workers] + sorted[sorted.length - workers - 1]
            : 0;
    double even = demands.weight() / workers;
    double bound = Math.max(even, Math.max(longest, twoOfOne));
    assertThat(max(loads)).isLessThanOrEqualTo(bound * (4.0 / 3 + 1e-9) + longest * 1e-9);
  }

  @Provide
  Arbitrary<Integer> workers() {
    return Arbitraries.integers().between(1, 20);
  }

  @Test
  void groupedLearningWrapsAround() {
    Cluster cluster = Given.cluster(3, Given.INSTANT);
    Demands groups =
        Given.groups(cluster, Given.seconds(10, 5), Given.seconds(8, 4), Given.seconds(12, 6));
    List<Stage.Placed> placed = placed(new GroupedLearning(), groups, cluster);
    assertThat(placed).extracting(Stage.Placed::group).containsExactly(2, 1, 0);
    assertThat(shards(placed.get(0).placement()))
        .containsExactly(new Shard(0, 0, 10, 10 / 12.0), new Shard(1, 10, 12, 2 / 12.0));
    assertThat(placed.get(1).placement()).isEqualTo(new Placement.Whole(1));
    assertThat(placed.get(2).placement()).isEqualTo(new Placement.Whole(2));
  }

  @Test
  void groupsThatFitNowhereAreCutInTheMiddleWithWholeOnesAroundThem() {
    Cluster cluster = Given.cluster(2, Given.INSTANT);
    Demands groups =
        Given.groups(cluster, Given.seconds(12, 12), Given.seconds(4, 4), Given.seconds(4, 4));
    List<Stage.Placed> placed = placed(new GroupedLearning(), groups, cluster);
    assertThat(placed).extracting(Stage.Placed::group).containsExactly(0, 1, 2);
    assertThat(shards(placed.get(0).placement()))
        .containsExactly(new Shard(0, 0, 6, 0.5), new Shard(1, 6, 12, 0.5));
    assertThat(placed.get(1).placement()).isEqualTo(new Placement.Whole(0));
    assertThat(placed.get(2).placement()).isEqualTo(new Placement.Whole(1));
  }

  @Test
  void groupedLearningCutsNothingWhereWholeGroupsFillTheWorkers() {
    Cluster cluster = Given.cluster(2, Given.INSTANT);
    Demands groups =
        Given.groups(
            cluster,
            Given.seconds(5, 5),
            Given.seconds(4, 4),
            Given.seconds(3, 3),
            Given.seconds(2, 2));
    assertThat(placed(new GroupedLearning(), groups, cluster))
        .allSatisfy(p -> assertThat(p.placement()).isInstanceOf(Placement.Whole.class));
  }

  @Test
  void aWorkerIsAlsoFullWhenItsMemoryIs() {
    Cluster.Worker worker = new Cluster.Worker(1, 1100);
    Cluster cluster = new Cluster(Given.MACHINE, List.of(worker, worker), Given.INSTANT, 2);
    Demands groups =
        Given.groups(
            cluster,
            Given.group(100, 1000, Given.sum(Given.steps(1, 10))),
            Given.group(100, 1000, Given.sum(Given.steps(1, 1))));
    Layout layout = new GroupedLearning().place(groups, cluster);
    List<Stage> stages = ((Layout.Stages) layout).stages();
    assertThat(Simulator.run(stages, groups, cluster).peakByte()).isLessThanOrEqualTo(1100);
  }

  @Test
  void whatOneWorkerHasTooMuchTheNextOneHasTooLittle() {
    Cluster cluster = Given.cluster(5, Given.INSTANT);
    Demand[] groups = new Demand[12];
    Arrays.fill(groups, Given.seconds(1, 1));
    Demands demands = Given.groups(cluster, groups);
    assertThat(loads(placed(new GroupedLearning(), demands, cluster), demands, cluster))
        .containsExactly(2, 3, 2, 3, 2);
  }

  @Test
  void groupsThatHopAreAlsoTriedInShardsOfWhichNoneIsLargerThanEqualOnes() {
    Cluster cluster = Given.cluster(4, Given.INSTANT);
    Demand hopping = Given.group(28, 0, Given.split(Given.hop(0, 0, Given.steps(1, 1)), 7));
    Demand small = Given.seconds(10, 1.7);
    Demands groups = Given.groups(cluster, hopping, small, small);
    assertThat(pieces(groups, cluster, false)).containsExactly(10, 11, 7);
    assertThat(pieces(groups, cluster, true)).containsExactly(10, 10, 8);
  }

  /** (shards) of the costliest group. */
  private static List<Integer> pieces(Demands groups, Cluster cluster, boolean isEven) {
    WrapWeights weights = new WrapWeights(groups, cluster, new WrapWay(1, 1, false, false, isEven));
    assertThat(weights.isPossible()).isTrue();
    Placement placement = new WrapPlacing(groups, cluster, weights).placed().get(0).placement();
    return shards(placement).stream().map(s -> s.to() - s.from()).toList();
  }

  @Test
  void moreShardsThanFitIntoMemoryAreNotPlanned() {
    Cluster cluster = Given.cluster(1_000, Given.INSTANT);
    Demands groups =
        new Demands(Collections.nCopies(41_000, Given.seconds(2_000, 1)), cluster.network());
    for (Strategy strategy : List.of(new DataParallel(), new Switching())) {
      assertThat(strategy.place(groups, cluster))
          .isEqualTo(
              new Layout.NotApplicable(
                  "41,000 groups in shards on 1,000 workers are more than can be planned"));
    }
  }

  @Test
  void fasterWorkersGetMore() {
    Cluster cluster = Given.cluster(Given.INSTANT, 1, 3);
    Demands groups = Given.groups(cluster, Given.seconds(8, 8));
    assertThat(shards(placed(new GroupedLearning(), groups, cluster).get(0).placement()))
        .containsExactly(new Shard(0, 0, 2, 0.25), new Shard(1, 2, 8, 0.75));
  }

  @Test
  void equalShardsAsInTheExampleOfThePaper() {
    Cluster cluster = Given.cluster(3, Given.INSTANT);
    Demands groups =
        Given.groups(
            cluster,
            Given.seconds(10, 5),
            Given.seconds(4, 2),
            Given.seconds(2, 1),
            Given.seconds(2, 1));
    List<Stage.Placed> placed = placed(new ConstrainedLearning(), groups, cluster);
    assertThat(shards(placed.get(0).placement()))
        .containsExactly(new Shard(0, 0, 5, 0.5), new Shard(1, 5, 10, 0.5));
    assertThat(placed.subList(1, 4))
        .allSatisfy(p -> assertThat(p.placement()).isInstanceOf(Placement.Whole.class));
  }

  @Test
  void aPouredTaskEndsEverywhereAtOnce() {
    Loads loads = new Loads(Given.cluster(Given.INSTANT, 1, 1, 2));
    assertThat(loads.give(4)).isEqualTo(2); // done there after 2 seconds
    List<Shard> shards = loads.fill(8, 80, 3);
    assertThat(shards)
        .containsExactly(
            new Shard(0, 0, 30, 0.375), new Shard(1, 30, 60, 0.375), new Shard(2, 60, 80, 0.25));
  }

  @Test
  void aPouredTaskLeavesOutWhoIsBusyLonger() {
    Loads loads = new Loads(Given.cluster(3, Given.INSTANT));
    loads.give(10);
    assertThat(loads.fill(8, 4, 3))
        .containsExactly(new Shard(1, 0, 2, 0.5), new Shard(2, 2, 4, 0.5));
  }

  @Test
  void chainsThatSumDoNotHop() {
    Cluster cluster = Given.cluster(2, Given.INSTANT);
    Layout layout = new ModelHopper().place(Given.groups(cluster, Given.seconds(2, 1)), cluster);
    assertThat(layout)
        .isInstanceOfSatisfying(
            Layout.NotApplicable.class, n -> assertThat(n.reason()).contains("hop"));
  }
}
