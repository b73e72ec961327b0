package dev.kingpin;

import dev.kingpin.TestTables.Recipe;
import dev.kingpin.engine.RunOptions;
import dev.kingpin.learner.linear.LinearModels;
import dev.kingpin.query.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Trains some tables by every solver in a JVM of its own and prints a hash of the artifacts. */
public final class BitsProgram {
  private static final int SMALL = 1_100; // more rows than a block
  private static final int FEW = 3;

  private final MessageDigest digest = sha256();
  private final int threads;
  private final int rows;
  private final int numeric;

  private BitsProgram(int threads, int rows, int numeric) {
    this.threads = threads;
    this.rows = rows;
    this.numeric = numeric;
  }

  /**
   * @param args number of threads, rows of the largest group, numeric features
   */
  public static void main(String[] args) throws IOException {
    int threads = Integer.parseInt(args[0]);
    System.out.println(hash(threads, Integer.parseInt(args[1]), Integer.parseInt(args[2])));
  }

  static String hash(int threads, int rows, int numeric) throws IOException {
    BitsProgram program = new BitsProgram(threads, rows, numeric);
    program.addDefaults();
    program.addExact();
    program.addSteps();
    program.addWide();
    return HexFormat.of().formatHex(program.digest.digest());
  }

  private void addDefaults() throws IOException {
    Recipe recipe = Recipe.of(rows, rows / 3, 90, 31, 5).numeric(numeric).levels(5).missing(0.03);
    for (int classes : new int[] {0, 2}) {
      add(recipe.withWeights().withClasses(classes), LinearModels.grid().l2(0.001, 0.1, 1));
    }
  }

  /** Lasso, ridge and parents, for every loss. */
  private void addExact() throws IOException {
    LinearModels all = LinearModels.grid().l1(0, 0.01).l2(0.001, 0.1).shrink(0, 20);
    for (int classes : new int[] {0, 2, 3}) {
      add(small().withClasses(classes), all);
    }
    add(small(), LinearModels.grid().poisson().l1(0, 0.01).l2(0.1).shrink(0, 20));
  }

  /** Solvers that take so many steps, for every loss. */
  private void addSteps() throws IOException {
    List<LinearModels> solvers =
        List.of(
            LinearModels.grid().lbfgs(5).l1(0, 0.01).l2(0.1),
            LinearModels.grid().sgd(2).l1(0, 0.01).l2(0.1).learningRate(0.01),
            LinearModels.grid().adam(2).l2(0.1).learningRate(0.01, 0.1).batch(16));
    for (LinearModels solver : solvers) {
      for (int classes : new int[] {0, 2, 3}) {
        add(small().withClasses(classes), solver);
      }
      add(small(), solver.poisson());
    }
  }

  /** So many coefficients that the solver does without their Hessian, if there are rows enough. */
  private void addWide() throws IOException {
    if (rows >= SMALL) {
      add(Recipe.of(450).numeric(2).levels(190).withClasses(4), LinearModels.grid().l2(1));
    }
  }

  private Recipe small() {
    int some = rows < SMALL ? 40 : SMALL;
    return Recipe.of(some, some / 4).numeric(FEW).levels(3).missing(0.05).withWeights();
  }

  private void add(Recipe recipe, LinearModels models) throws IOException {
    Training training =
        Kingpin.groupBy("g")
            .predict("y")
            .with(models)
            .standardErrors()
            .options(new RunOptions(threads, false, true, 60));
    if (recipe.weighted()) {
      training.weight("w").validate(Validation.folds(3));
    }
    Path artifact = Files.createTempFile("bits", ".kp");
    training.train(TestTables.make(recipe, 11)).save(artifact);
    digest.update(Files.readAllBytes(artifact));
    Files.delete(artifact);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
