package dev.kingpin.engine.walled;

import dev.kingpin.engine.TrainJob;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.Fit;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Names chains in messages: a chain of the job, some of its fits, or the refit of one. */
final class ChainRef {
  private final TrainJob job;

  ChainRef(TrainJob job) {
    this.job = job;
  }

  void write(Chain chain, DataOutput out) throws IOException {
    for (int c = 0; c < job.chains().size(); c++) {
      Chain base = job.chains().get(c);
      List<Fit> fits = base.fits();
      if (fits.containsAll(chain.fits())) {
        write(c, false, chain.fits().stream().map(fits::indexOf).toList(), out);
        return;
      }
      for (int f = 0; f < fits.size(); f++) {
        if (base.refit(f).equals(chain)) {
          write(c, true, List.of(f), out);
          return;
        }
      }
    }
    throw new IllegalStateException("The job has no chain of " + chain.fits());
  }

  private static void write(int base, boolean isRefit, List<Integer> fits, DataOutput out)
      throws IOException {
    out.writeInt(base);
    out.writeBoolean(isRefit);
    out.writeInt(fits.size());
    for (int fit : fits) {
      out.writeInt(fit);
    }
  }

  Chain read(DataInputStream in) throws IOException {
    Chain base = job.chains().get(in.readInt());
    boolean isRefit = in.readBoolean();
    List<Fit> fits = new ArrayList<>();
    int last = 0;
    for (int left = in.readInt(); left > 0; left--) {
      last = in.readInt();
      fits.add(base.fits().get(last));
    }
    return isRefit ? base.refit(last) : base.of(fits);
  }
}
