package dev.kingpin.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same bits in JVMs of all kinds: each runs {@link KernelChecksum} as a process of its own. */
@Tag("forks")
class KernelBitsTest {

  private static final String MODULE = "--add-modules=jdk.incubator.vector";
  private static final String ALL = "130";
  private static final String MANY_PASSES = "12";

  @Test
  void everyVectorWidthGivesTheBitsOfTheScalarKernels() throws Exception {
    String scalar = checksum("scalar", ALL, MANY_PASSES);
    for (int bytes : new int[] {16, 32, 64}) {
      String flag = "-XX:MaxVectorSize=" + bytes;
      assertThat(checksum("vector", ALL, MANY_PASSES, MODULE, flag)).as(flag).isEqualTo(scalar);
    }
  }

  @Test
  void vectorsTooShortForTheKernelsFallBackToScalarOnes() throws Exception {
    String flag = "-XX:MaxVectorSize=8";
    assertThat(checksum("scalar", "17", "1", MODULE, flag))
        .isEqualTo(checksum("scalar", "17", "1"));
  }

  @Test
  void theInterpreterGivesTheBitsOfTheCompilers() throws Exception {
    String compiled = checksum("vector", "17", MANY_PASSES, MODULE);
    for (String flag : new String[] {"-Xint", "-XX:TieredStopAtLevel=1"}) {
      assertThat(checksum("vector", "17", "1", MODULE, flag)).as(flag).isEqualTo(compiled);
    }
    assertThat(checksum("scalar", "17", "1", "-Xint")).isEqualTo(compiled);
  }

  /**
   * Runs the program in a JVM with the flags, checks which kernels it used, and returns its sum.
   */
  private static String checksum(String kernels, String largest, String passes, String... flags)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(KernelChecksum.class.getName(), largest, passes));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    String[] words = output.strip().lines().reduce((a, b) -> b).orElseThrow().split(" ", -1);
    assertThat(words[0]).as(output).startsWith(kernels);
    return words[1];
  }
}
