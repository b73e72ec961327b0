package dev.kingpin;

import dev.kingpin.TestTables.Recipe;
import dev.kingpin.engine.RunListener;
import dev.kingpin.engine.RunOptions;
import dev.kingpin.query.TrainQuery;
import java.nio.file.Path;

/** A run with one giant group that keeps its state after every step, for a test that kills it. */
public final class KilledProgram {
  private KilledProgram() {}

  /**
   * @param args where the artifact goes
   */
  public static void main(String[] args) {
    train(Path.of(args[0]));
  }

  static void train(Path out) {
    Recipe recipe = Recipe.of(40_000, 700, 650, 90, 60, 50, 40).numeric(6).levels(3).withClasses();
    Kingpin.train(
            TrainQuery.groupBy("g").predict("y").grid("l2", 0.001, 0.01, 0.1, 1).build(),
            TestTables.make(recipe, 21),
            out,
            new RunOptions(2, true, false, 0),
            RunListener.NONE)
        .close();
  }
}
