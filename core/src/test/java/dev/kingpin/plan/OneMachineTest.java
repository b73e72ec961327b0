package dev.kingpin.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.plan.Placement.Cut;
import dev.kingpin.plan.Placement.Whole;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class OneMachineTest {
  /** Rows take a second for a million bytes to pack, and one to unpack. */
  private static final Machine MACHINE =
      new Machine(Machine.USUAL.flops(), 2e6, Given.MACHINE.start(), Given.MACHINE.codec());

  /** Cores that change hands take some of it. */
  private static final Offset<Double> CLOSE = Offset.offset(0.01);

  private static Cluster cluster(int workers, int cores) {
    return new Cluster(
        MACHINE, Collections.nCopies(workers, Cluster.Worker.USUAL), Given.INSTANT, cores);
  }

  private static Demand group(double bytes, double seconds) {
    return Given.group(4, bytes, Given.sum(Given.steps(1, seconds)));
  }

  private static Stage stage(int first, Placement... placements) {
    return new Stage(
        IntStream.range(0, placements.length)
            .mapToObj(i -> new Stage.Placed(first + i, placements[i]))
            .toList());
  }

  private static Simulation play(Cluster cluster, List<Stage> stages, Demand... groups) {
    return Simulator.run(stages, new Demands(Arrays.asList(groups), cluster.network()), cluster);
  }

  @Test
  void packingAndUnpackingAreWorkOfTheOnlyCore() {
    Simulation played = play(cluster(1, 1), List.of(stage(0, new Whole(0))), group(1e6, 3));
    assertThat(played.seconds()).isCloseTo(5, CLOSE);
    assertThat(played.loadSeconds()).isCloseTo(2, CLOSE);
  }

  @Test
  void oneCoreTrainsWhileAnotherPacks() {
    Simulation played =
        play(
            cluster(2, 2),
            List.of(stage(0, new Whole(0), new Whole(0))),
            group(1e6, 2),
            group(1e6, 2));
    // packed at 1 and 2, unpacked at 2 and 3, trained from 3 on: one worker does both
    assertThat(played.seconds()).isCloseTo(7, CLOSE);
  }

  @Test
  void rowsOfLaterStagesComeWhileEarlierOnesAreTrained() {
    Simulation played =
        play(
            cluster(2, 3),
            List.of(stage(0, new Whole(0)), stage(1, new Whole(1))),
            group(1e6, 10),
            group(1e6, 1));
    assertThat(played.loadSeconds()).isCloseTo(3, CLOSE);
    assertThat(played.seconds()).isCloseTo(13, CLOSE);
  }

  @Test
  void aMessageOfRowsCostsSomethingHoweverFewTheyAre() {
    Machine starting = new Machine(MACHINE.flops(), MACHINE.memory(), 0.5, MACHINE.codec());
    Cluster cluster = new Cluster(starting, List.of(Cluster.Worker.USUAL), Given.INSTANT, 1);
    Simulation played = play(cluster, List.of(stage(0, new Whole(0))), group(1, 3));
    assertThat(played.seconds()).isCloseTo(0.5 + 0.5 + 3, CLOSE);
  }

  @Test
  void rowsArePutInOrderWhereTheTableIs() {
    Demand plain = group(1e6, 3);
    Demand ordered = new Demand(4, 4, plain.rowBytes(), 0.5, plain.chains(), plain.last());
    Simulation played =
        play(cluster(2, 2), List.of(stage(0, new Whole(0), new Whole(1))), ordered, group(1e6, 1));
    assertThat(played.seconds()).isCloseTo(0.5 + 1 + 1 + 3, CLOSE);
    assertThat(played.loadSeconds()).isCloseTo(0.5 + 2 + 1, CLOSE);
  }

  @Test
  void aCutGroupBeginsWhenAllItsShardsAreThere() {
    Placement cut = new Cut(0, Cuts.even(4, new int[] {0, 1}));
    Simulation played = play(cluster(2, 2), List.of(stage(0, cut)), group(2e6, 6));
    // packed at 1 and 2, unpacked at 2 and 3
    assertThat(played.seconds()).isCloseTo(6, CLOSE);
  }
}
