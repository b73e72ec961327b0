package dev.kingpin;

import dev.kingpin.TestTables.Recipe;
import dev.kingpin.engine.RunListener;
import dev.kingpin.engine.RunOptions;
import dev.kingpin.query.TrainQuery;
import dev.kingpin.query.Validation;
import java.nio.file.Path;

/**
 * A run with one giant group, with parents that groups lean on and that answer for small ones, that
 * keeps its state after every step, for a test that kills it.
 */
public final class KilledProgram {
  private KilledProgram() {}

  /**
   * @param args where the artifact goes
   */
  public static void main(String[] args) {
    train(Path.of(args[0]));
  }

  static void train(Path out) {
    Recipe recipe =
        Recipe.of(9_000, 700, 20, 650, 90, 60, 50, 5).numeric(4).levels(3).withClasses().parents(3);
    Kingpin.train(
            TrainQuery.groupBy("p", "g")
                .predict("y")
                .grid("l2", 0.001, 0.1)
                .grid("shrink", 0, 20)
                .validate(Validation.folds(2))
                .build(),
            TestTables.make(recipe, 21),
            out,
            new RunOptions(2, true, false, 0),
            RunListener.NONE)
        .close();
  }
}
