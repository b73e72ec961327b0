package dev.kingpin;

import dev.kingpin.TestTables.Recipe;
import dev.kingpin.engine.RunOptions;
import dev.kingpin.learner.linear.LinearModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Trains some tables in a JVM of its own and prints a hash of the artifacts. */
public final class BitsProgram {
  private BitsProgram() {}

  /**
   * @param args number of threads, rows of the largest group, numeric features
   */
  public static void main(String[] args) throws IOException {
    int threads = Integer.parseInt(args[0]);
    System.out.println(hash(threads, Integer.parseInt(args[1]), Integer.parseInt(args[2])));
  }

  static String hash(int threads, int rows, int numeric) throws IOException {
    MessageDigest digest = sha256();
    for (boolean classes : new boolean[] {false, true}) {
      Recipe recipe =
          Recipe.of(rows, rows / 3, 90, 31, 5)
              .numeric(numeric)
              .levels(5)
              .missing(0.03)
              .withWeights();
      Path artifact = Files.createTempFile("bits", ".kp");
      Kingpin.groupBy("g")
          .predict("y")
          .weight("w")
          .with(LinearModels.grid().l2(0.001, 0.1, 1))
          .options(new RunOptions(threads, false, true, 60))
          .train(TestTables.make(classes ? recipe.withClasses() : recipe, 11))
          .save(artifact);
      digest.update(Files.readAllBytes(artifact));
      Files.delete(artifact);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
