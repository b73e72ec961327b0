package dev.kingpin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kingpin.TestTables.Recipe;
import dev.kingpin.data.GroupKey;
import dev.kingpin.data.MemoryTable;
import dev.kingpin.engine.RunListener;
import dev.kingpin.engine.RunOptions;
import dev.kingpin.engine.Walls;
import dev.kingpin.learner.Outcome;
import dev.kingpin.plan.Cluster;
import dev.kingpin.plan.Machine;
import dev.kingpin.query.TrainQuery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Promise 3 on workers that share nothing: a run that was ended goes on, there or on threads. */
@Timeout(60)
class ResumedWorkersTest {
  private static final MemoryTable TABLE =
      TestTables.make(
          Recipe.of(9_000, 700, 20, 650, 90, 60).numeric(3).levels(3).withClasses().parents(3), 21);

  @TempDir private Path folder;

  private static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Ends a run after so many groups. */
  private static RunListener ending(int after) {
    AtomicInteger left = new AtomicInteger(after);
    return new RunListener() {
      @Override
      public void groupDone(GroupKey key, Outcome outcome, double work) {
        if (left.decrementAndGet() == 0) {
          throw new Ended();
        }
      }
    };
  }

  private static void train(Path out, String strategy, RunListener listener) {
    RunOptions threads = new RunOptions(2, true, false, 0);
    Cluster cluster =
        Cluster.of(Machine.USUAL, 3, Cluster.Worker.USUAL, Cluster.Network.TEN_GIGABIT);
    RunOptions options =
        strategy.equals("threads") ? threads : threads.on(new Walls(cluster, strategy));
    TrainQuery query =
        TrainQuery.groupBy("p", "g")
            .predict("y")
            .grid("l2", 0.001, 0.1)
            .grid("shrink", 0, 20)
            .build();
    Kingpin.train(query, TABLE, out, options, listener).close();
  }

  @ParameterizedTest
  @CsvSource({"gl,gl", "gtp,dp", "dp,mtp", "mtp,threads", "threads,gl", "auto,gtp"})
  void aRunThatWasEndedIsResumedWithTheSameArtifact(String first, String second) throws Exception {
    Path whole = folder.resolve("whole.kp");
    train(whole, "threads", RunListener.NONE);
    for (int after : new int[] {1, 3}) {
      Path out = folder.resolve("ended" + after + ".kp");
      assertThatThrownBy(() -> train(out, first, ending(after))).isInstanceOf(Ended.class);
      assertThat(folder.resolve("ended" + after + ".kp.journal")).exists();
      AtomicInteger resumed = new AtomicInteger();
      train(
          out,
          second,
          new RunListener() {
            @Override
            public void training(int groups, int done, long rows, double work) {
              resumed.set(done);
            }
          });
      assertThat(resumed.get()).isGreaterThanOrEqualTo(after);
      assertThat(Files.readAllBytes(out)).isEqualTo(Files.readAllBytes(whole));
    }
  }
}
