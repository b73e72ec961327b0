package dev.kingpin.store;

import dev.kingpin.data.InputException;
import dev.kingpin.learner.Work;
import dev.kingpin.plan.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The rates of a machine, as a small JSON file. */
public final class MachineFile {
  private static final String OPERATIONS = "operations_per_second";
  private static final String MEMORY = "row_bytes_per_second";
  private static final String START = "request_seconds";
  private static final String CODEC = "message_bytes_per_second";
  private static final double MOST = 1e18;

  private MachineFile() {}

  /**
   * Writes rates, and the folder that they go to.
   *
   * @throws InputException if that is not possible
   */
  public static void write(Path file, Machine machine) {
    Map<String, Object> operations = new LinkedHashMap<>();
    for (Work.Kind kind : Work.Kind.values()) {
      operations.put(word(kind), machine.flops().get(kind));
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put(OPERATIONS, operations);
    tree.put(MEMORY, machine.memory());
    tree.put(START, machine.start());
    tree.put(CODEC, machine.codec());
    JsonMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    try {
      Files.createDirectories(AtomicFile.folderOf(file));
      Files.writeString(file, json.writeValueAsString(tree) + "\n");
    } catch (IOException e) {
      throw Refusal.unwritable(file, e);
    }
  }

  /**
   * Reads rates; those that are not named are the usual ones.
   *
   * @throws InputException if the file is missing or makes no sense
   */
  public static Machine read(Path file) {
    JsonNode tree = tree("Machine", file);
    Machine usual = Machine.USUAL;
    Map<Work.Kind, Double> flops = new EnumMap<>(usual.flops());
    for (Work.Kind kind : Work.Kind.values()) {
      flops.put(kind, rate(tree.path(OPERATIONS), word(kind), flops.getOrDefault(kind, 1.0), file));
    }
    return new Machine(
        flops,
        rate(tree, MEMORY, usual.memory(), file),
        rate(tree, START, usual.start(), file),
        rate(tree, CODEC, usual.codec(), file));
  }

  /** The object in a file of JSON. */
  static JsonNode tree(String what, Path file) {
    JsonNode tree;
    try {
      tree = JsonMapper.shared().readTree(Files.readString(file));
    } catch (IOException e) {
      throw new InputException(
          what + " file (" + file + ") cannot be read. Maybe the name is misspelt.", e);
    } catch (JacksonException e) {
      throw new InputException(
          what + " file (" + file + ") holds no JSON. Maybe a comma or a quote is missing.", e);
    }
    if (!tree.isObject()) {
      throw new InputException(
          what + " file (" + file + ") holds no JSON object. Maybe put braces around it.");
    }
    return tree;
  }

  private static double rate(JsonNode tree, String name, double usual, Path file) {
    JsonNode value = tree.path(name);
    if (value.isMissingNode()) {
      return usual;
    }
    if (value.isNumber() && value.asDouble() > 0 && value.asDouble() <= MOST) {
      return value.asDouble();
    }
    throw new InputException(
        "Machine file (%s) says (%s) for (%s), which is no rate. Maybe measure with kingpin machine."
            .formatted(file, value.isString() ? value.asString() : value.toString(), name));
  }

  private static String word(Work.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
