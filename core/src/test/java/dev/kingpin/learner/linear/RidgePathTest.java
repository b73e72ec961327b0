package dev.kingpin.learner.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kingpin.Kingpin;
import dev.kingpin.data.MemoryTable;
import dev.kingpin.engine.RunListener;
import dev.kingpin.engine.RunOptions;
import dev.kingpin.learner.Outcome;
import dev.kingpin.query.Fallback;
import dev.kingpin.query.TrainQuery;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RidgePathTest {
  private static final int ROWS = 400;

  @Test
  void manyPenaltiesGiveWhatFewGive() {
    Object[] many = IntStream.range(0, 40).mapToObj(i -> 1e-6 * Math.pow(1.6, i)).toArray();
    List<Double> path = metrics(many);
    assertThat(path).hasSize(40).doesNotHaveDuplicates();
    for (int i = 0; i < many.length; i += 7) {
      double alone = metrics(many[i]).get(0);
      assertThat(path.get(i)).isCloseTo(alone, within(1e-9 * alone));
    }
  }

  private static List<Double> metrics(Object... l2) {
    TrainQuery query =
        TrainQuery.groupBy("g").predict("y").grid("l2", l2).fallback(Fallback.NONE).build();
    RunOptions options = new RunOptions(1, false, false, 1e9);
    try (var model = Kingpin.train(query, table(), options, RunListener.NONE)) {
      return ((Outcome.Trained) model.group("a").outcome()).metrics();
    }
  }

  private static MemoryTable table() {
    Random random = new Random(5);
    double[][] x = new double[6][ROWS];
    double[] y = new double[ROWS];
    String[] group = new String[ROWS];
    for (int r = 0; r < ROWS; r++) {
      for (int j = 0; j < x.length; j++) {
        x[j][r] = random.nextGaussian() + (j > 0 ? x[j - 1][r] : 0);
        y[r] += (j - 2) * x[j][r];
      }
      y[r] += 3 * random.nextGaussian();
      group[r] = "a";
    }
    MemoryTable table = new MemoryTable("made").text("g", group).number("y", y);
    for (int j = 0; j < x.length; j++) {
      table.number("x" + j, x[j]);
    }
    return table;
  }
}
