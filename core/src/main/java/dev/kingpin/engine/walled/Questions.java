package dev.kingpin.engine.walled;

import dev.kingpin.engine.TrainJob;
import dev.kingpin.learner.AggregateTrainer;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.RowScan;
import dev.kingpin.learner.SequentialTrainer;
import dev.kingpin.learner.Trainer;
import dev.kingpin.tune.Scoring;
import dev.kingpin.tune.TargetSums;
import java.util.ArrayList;
import java.util.List;

/** All scans of a job by number: code that every worker has, so that only numbers travel. */
final class Questions {
  private final List<RowScan<?, ?>> scans = new ArrayList<>();

  Questions(TrainJob job) {
    scans.add(new Scoring(job.query().learner()));
    scans.add(TargetSums.SCAN);
    for (Chain chain : job.chains()) {
      Trainer<?> trainer = job.query().learner().trainer(chain);
      if (trainer instanceof AggregateTrainer<?, ?, ?> aggregate) {
        add(aggregate);
      } else if (trainer instanceof SequentialTrainer<?> sequential) {
        sequential.batches().ifPresent(this::add);
      }
    }
  }

  private void add(RowScan<?, ?> scan) {
    if (find(scan) < 0) {
      scans.add(scan);
    }
  }

  private int find(RowScan<?, ?> scan) {
    for (int i = 0; i < scans.size(); i++) {
      if (scans.get(i).getClass() == scan.getClass()) {
        return i;
      }
    }
    return -1;
  }

  int number(RowScan<?, ?> scan) {
    int number = find(scan);
    if (number < 0) {
      throw new IllegalStateException("The job has no scan of " + scan.getClass());
    }
    return number;
  }

  RowScan<?, ?> of(int number) {
    return scans.get(number);
  }
}
