package dev.kingpin.store;

import dev.kingpin.data.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The file beside an artifact that tells of the run: times, threads, machine. Never read back. */
public final class RunFile {
  private static final String ENDING = ".run.json";

  private RunFile() {}

  /** Where the run file of an artifact is. */
  public static Path of(Path artifact) {
    return artifact.resolveSibling(artifact.getFileName() + ENDING);
  }

  /**
   * Writes the run file of an artifact.
   *
   * @throws InputException if it cannot be written
   */
  public static void write(Path artifact, Map<String, Object> facts) {
    JsonMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    try {
      Files.writeString(of(artifact), json.writeValueAsString(facts) + "\n");
    } catch (IOException e) {
      throw new InputException("Cannot write " + of(artifact) + ". Maybe the disk is full.", e);
    }
  }
}
