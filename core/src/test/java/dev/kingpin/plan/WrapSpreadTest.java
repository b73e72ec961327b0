package dev.kingpin.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.plan.Placement.Shard;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Giants over all workers, where memory closes workers before their time is full. */
class WrapSpreadTest {
  private static final int TRIES = 200;
  private static final int WORKERS = 4;
  private static final double MEMORY = 700;

  @Provide
  Arbitrary<List<Demand>> groups() {
    return Given.anyGroup().list().ofMinSize(1).ofMaxSize(30);
  }

  @Provide
  Arbitrary<Cluster> clusters() {
    return Given.anyCluster();
  }

  private static Demand group(int blocks, double bytes, double seconds) {
    return Given.group(blocks, bytes, Given.sum(Given.steps(1, seconds)));
  }

  /** Two giants, one of which takes three times as long for as many rows, and small groups. */
  private static List<Demand> giants() {
    return List.of(
        group(900, 900, 9), group(900, 900, 3), group(100, 100, 0.6), group(100, 100, 0.2));
  }

  private static Cluster cluster(double memory) {
    return Cluster.of(Given.MACHINE, WORKERS, new Cluster.Worker(1, memory), Given.INSTANT);
  }

  private static List<Stage.Placed> learned(Cluster cluster) {
    Demands demands = new Demands(giants(), cluster.network());
    Layout layout = new GroupedLearning().place(demands, cluster);
    return ((Layout.Stages) layout).stages().get(0).groups();
  }

  @Test
  void giantsAreSpreadWhereMemoryClosesWorkers() {
    List<Stage.Placed> placed = learned(cluster(MEMORY));
    assertThat(placed).extracting(Stage.Placed::group).containsExactly(0, 1, 2, 3);
    for (Stage.Placed giant : placed.subList(0, 2)) {
      List<Shard> shards = ((Placement.Cut) giant.placement()).shards();
      assertThat(shards).extracting(Shard::worker).containsExactly(0, 1, 2, 3);
    }
    assertThat(placed.get(0).placement().owner()).isNotEqualTo(placed.get(1).placement().owner());
  }

  @Test
  void giantsWrapAroundWhereMemoryIsAmple() {
    List<Stage.Placed> placed = learned(cluster(1e6));
    assertThat(((Placement.Cut) placed.get(0).placement()).shards()).hasSizeLessThan(WORKERS);
  }

  @Test
  void spreadGiantsEndSoonerThanWrappedOnesThatMemoryCloses() {
    Cluster cluster = cluster(MEMORY);
    Demands demands = new Demands(giants(), cluster.network());
    WrapWeights weights = new WrapWeights(demands, cluster, new WrapWay(1, 1, false, false, false));
    List<Stage> wrapped = List.of(new Stage(new WrapPlacing(demands, cluster, weights).placed()));
    List<Stage> spread = List.of(new Stage(new WrapSpread(demands, cluster).placed()));
    Simulation played = Simulator.run(spread, demands, cluster);
    assertThat(played.fits(cluster)).isTrue();
    assertThat(played.seconds())
        .isLessThan(Simulator.run(wrapped, demands, cluster).seconds())
        .isCloseTo(demands.weight() / WORKERS, Offset.offset(0.1));
  }

  @Test
  void unequalWorkersEndAtTheSameTime() {
    List<Cluster.Worker> workers =
        List.of(new Cluster.Worker(1, MEMORY), new Cluster.Worker(3, 1e6));
    Cluster cluster = new Cluster(Given.MACHINE, workers, Given.INSTANT, Cluster.APART);
    Demands demands = new Demands(List.of(group(800, 800, 8)), cluster.network());
    List<Stage.Placed> placed = new WrapSpread(demands, cluster).placed();
    assertThat(((Placement.Cut) placed.get(0).placement()).shards())
        .extracting(s -> s.to() - s.from())
        .containsExactly(200, 600);
  }

  @Test
  void aWorkerWithLittleMemoryHasLessOfAGiant() {
    List<Cluster.Worker> workers = List.of(new Cluster.Worker(1, 100), new Cluster.Worker(1, 1e6));
    Cluster cluster = new Cluster(Given.MACHINE, workers, Given.INSTANT, Cluster.APART);
    Demands demands = new Demands(List.of(group(800, 800, 8)), cluster.network());
    List<Stage.Placed> placed = new WrapSpread(demands, cluster).placed();
    Simulation played = Simulator.run(List.of(new Stage(placed)), demands, cluster);
    assertThat(played.peakBytes()[0]).isBetween(90.0, 100.0);
  }

  @Property(tries = TRIES)
  void everyGroupIsPlacedOnceAndFewerAreCutThanThereAreWorkers(
      @ForAll("groups") List<Demand> groups, @ForAll("clusters") Cluster cluster) {
    WrapSpread spread = new WrapSpread(new Demands(groups, cluster.network()), cluster);
    List<Stage.Placed> placed = spread.isPossible() ? spread.placed() : Collections.emptyList();
    int[] pieces = new int[groups.size()];
    int cut = 0;
    for (Stage.Placed p : placed) {
      int all = groups.get(p.group()).cuts();
      if (p.placement() instanceof Placement.Cut giant) {
        cut++;
        all = giant.shards().stream().mapToInt(s -> s.to() - s.from()).sum();
        assertThat(giant.shards()).extracting(Shard::worker).doesNotHaveDuplicates();
        assertThat(giant.shards()).extracting(Shard::worker).contains(giant.owner());
      }
      pieces[p.group()] += all;
    }
    assertThat(cut).isLessThan(cluster.size());
    if (spread.isPossible()) {
      assertThat(pieces).containsExactly(groups.stream().mapToInt(Demand::cuts).toArray());
    }
    assertThat(Arrays.stream(pieces).sum() > 0).isEqualTo(spread.isPossible());
  }
}
