package dev.kingpin.store;

import dev.kingpin.data.InputException;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file read and written at positions, by many threads. It is a {@link RandomAccessFile} and no
 * file channel: a channel closes itself under all its threads as soon as one of them is
 * interrupted. What the system refuses is an {@link InputException}; use after the closing an
 * {@link IllegalStateException}.
 */
final class StoreFile implements ByteSource, AutoCloseable {
  /** From here on, memory is taken only after a look at the length of the file. */
  private static final int UNCHECKED_BYTES = 1 << 16;

  private final Path path;
  private final RandomAccessFile file;
  private boolean closed;

  private StoreFile(Path path, RandomAccessFile file) {
    this.path = path;
    this.file = file;
  }

  static StoreFile forReading(Path path) {
    try {
      return new StoreFile(path, new RandomAccessFile(path.toFile(), "r"));
    } catch (IOException e) {
      throw Refusal.unreadable(path, e);
    }
  }

  /** Opens a file that is there, to read it and to write it on. */
  static StoreFile forWriting(Path path) {
    try {
      return new StoreFile(path, new RandomAccessFile(path.toFile(), "rw"));
    } catch (IOException e) {
      throw Refusal.unwritable(path, e);
    }
  }

  /** Begins a new, empty file, in place of any that is there. */
  static StoreFile forNew(Path path) {
    try {
      Files.deleteIfExists(path);
      Files.createFile(path);
    } catch (IOException e) {
      throw Refusal.unwritable(path, e);
    }
    return forWriting(path);
  }

  Path path() {
    return path;
  }

  synchronized long length() {
    try {
      return open().length();
    } catch (IOException e) {
      throw Refusal.unreadable(path, e);
    }
  }

  @Override
  public synchronized byte[] read(long position, int length) {
    try {
      if (length > UNCHECKED_BYTES && length > open().length() - position) {
        throw Refusal.cutOff(path);
      }
      byte[] bytes = new byte[length];
      open().seek(position);
      file.readFully(bytes);
      return bytes;
    } catch (EOFException e) {
      throw Refusal.cutOff(path);
    } catch (IOException e) {
      throw Refusal.unreadable(path, e);
    }
  }

  /** Writes the first {@code length} bytes in order: a kill leaves a first part of them, or all. */
  synchronized void write(long position, byte[] bytes, int length) {
    try {
      open().seek(position);
      file.write(bytes, 0, length);
    } catch (IOException e) {
      throw Refusal.unwritable(path, e);
    }
  }

  synchronized void truncate(long length) {
    try {
      open().setLength(length);
    } catch (IOException e) {
      throw Refusal.unwritable(path, e);
    }
  }

  /** Returns when all that was written is on the disk. */
  synchronized void force() {
    try {
      open().getFD().sync();
    } catch (IOException e) {
      throw Refusal.unwritable(path, e);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    try {
      file.close();
    } catch (IOException e) {
      throw Refusal.unwritable(path, e);
    }
  }

  private RandomAccessFile open() {
    if (closed) {
      throw new IllegalStateException(path + " is closed");
    }
    return file;
  }
}
