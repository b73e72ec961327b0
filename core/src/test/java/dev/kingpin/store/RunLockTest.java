package dev.kingpin.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kingpin.data.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {
  @TempDir Path folder;
  private Path target;
  private Path lockFile;

  @BeforeEach
  void setTarget() {
    target = folder.resolve("delay.kp");
    lockFile = folder.resolve("delay.kp.lock");
  }

  @Test
  void aSecondRunOfTheSameProgramIsRefusedUntilTheFirstEnds() {
    try (RunLock first = RunLock.acquire(target)) {
      assertThat(lockFile).exists();
      Path sameFile = folder.resolve("..").resolve(folder.getFileName()).resolve("delay.kp");
      for (Path path : List.of(target, sameFile)) {
        assertThatThrownBy(() -> RunLock.acquire(path))
            .isExactlyInstanceOf(InputException.class)
            .hasMessageContainingAll(
                "Another run writes to (" + path + ")",
                "process " + ProcessHandle.current().pid() + " on ",
                "since 2",
                "Maybe wait");
      }
      RunLock.acquire(folder.resolve("other.kp")).close();
      assertThat(first).isNotNull();
    }
    assertThat(lockFile).doesNotExist();
    RunLock again = RunLock.acquire(target);
    again.close();
    again.close();
  }

  @Test
  void theFileThatAKilledRunLeftStopsNobody() throws IOException {
    Files.writeString(lockFile, "process 1 on a machine, since yesterday\n" + "x".repeat(10_000));
    try (RunLock lock = RunLock.acquire(target)) {
      assertThat(lock).isNotNull();
      assertThat(Files.exists(lockFile)).isTrue();
    }
    assertThat(lockFile).doesNotExist();
  }

  @Test
  void aRunInAnotherProcessIsNamedAndItsDeathFreesTheLock() throws Exception {
    try (ChildJvm child = ChildJvm.start(Holder.class, target.toString())) {
      assertThat(child.line()).isEqualTo("held");
      assertThatThrownBy(() -> RunLock.acquire(target))
          .isExactlyInstanceOf(InputException.class)
          .hasMessageContainingAll("process " + child.pid() + " on ", "Maybe wait");
      assertThat(lockFile).as("a refusal deletes nothing").exists();
      child.kill();
    }
    assertThat(lockFile).as("left by the kill").exists();
    try (RunLock lock = RunLock.acquire(target);
        ChildJvm child = ChildJvm.start(Holder.class, target.toString())) {
      assertThat(lock).isNotNull();
      assertThat(child.line())
          .contains("Another run writes", "process " + ProcessHandle.current().pid());
      assertThat(child.finish()).isEmpty();
    }
    assertThat(lockFile).doesNotExist();
  }

  @Test
  void aPlaceThatTakesNoLockIsRefused() throws IOException {
    assertThatThrownBy(() -> RunLock.acquire(folder.resolve("none/delay.kp")))
        .isExactlyInstanceOf(InputException.class)
        .hasMessageContainingAll("no folder", "Maybe");
    Files.createDirectory(lockFile);
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(() -> RunLock.acquire(target))
          .isExactlyInstanceOf(InputException.class)
          .hasMessageContainingAll("Cannot write", "delay.kp.lock", "Maybe");
    }
  }

  /** Holds the lock until its input ends, or says why not. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws IOException {
      try (RunLock lock = RunLock.acquire(Path.of(arguments[0]))) {
        System.out.println(lock == null ? "none" : "held");
        while (System.in.read() >= 0) {
          // wait for the end
        }
      } catch (InputException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void neverAreTwoInsideHoweverFastTheLockChangesHands() throws Exception {
    List<ChildJvm> children = new ArrayList<>();
    try {
      for (int i = 0; i < 2; i++) {
        children.add(ChildJvm.start(Contender.class, target.toString()));
      }
      for (ChildJvm child : children) {
        assertThat(child.line()).isEqualTo("ready");
      }
      Contender.enter(target);
      for (ChildJvm child : children) {
        assertThat(child.line()).isEqualTo("entered");
      }
    } finally {
      children.forEach(ChildJvm::close);
    }
    assertThat(lockFile).doesNotExist();
  }

  /** Enters and leaves many times; fails if it meets another inside. */
  static final class Contender {
    private Contender() {}

    public static void main(String[] arguments) throws IOException {
      System.out.println("ready");
      enter(Path.of(arguments[0]));
      System.out.println("entered");
    }

    static void enter(Path target) throws IOException {
      Path inside = target.resolveSibling("inside");
      int entered = 0;
      while (entered < 500) {
        try (RunLock lock = RunLock.acquire(target)) {
          assertThat(lock).isNotNull();
          Files.createFile(inside);
          Files.delete(inside);
          entered++;
        } catch (InputException e) {
          Thread.onSpinWait();
        }
      }
    }
  }
}
