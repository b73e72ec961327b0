package dev.kingpin.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The benchmarks, one command each: {@code bench/run COMMAND [ARGUMENTS]}. */
public final class Main {

  private static final Map<String, Command> COMMANDS =
      new TreeMap<>(Map.of("kernels", KernelsBenchmark::run, "read", ReadBenchmark::run));

  private static final int WRONG_WORDS = 2;

  /** A benchmark. */
  @FunctionalInterface
  interface Command {
    void run(List<String> arguments) throws Exception;
  }

  private Main() {}

  /**
   * Runs one command.
   *
   * @param args the command, then its arguments
   * @throws Exception whatever the command throws
   */
  public static void main(String[] args) throws Exception {
    Command command = args.length == 0 ? null : COMMANDS.get(args[0]);
    if (command == null) {
      System.err.println("Commands: " + String.join(", ", COMMANDS.keySet()));
      System.exit(WRONG_WORDS);
      return;
    }
    command.run(Arrays.asList(args).subList(1, args.length));
  }
}
