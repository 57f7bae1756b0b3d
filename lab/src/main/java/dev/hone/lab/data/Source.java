package dev.hone.lab.data;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A data set as its authors publish it.
 *
 * @param name what it is called here
 * @param about who made it
 * @param licence under which it may be used
 * @param address where it is published
 * @param file what its archive is called in the folder of data sets
 * @param members SHA-256 digests of files in the archive, as far as they are known, by file name
 */
public record Source(
    String name,
    String about,
    String licence,
    URI address,
    String file,
    Map<String, String> members) {

  /** All that are known. */
  public static final List<Source> ALL =
      List.of(
          new Source(
              "mmlu",
              "MMLU (Hendrycks et al. 2021), 57 subjects, multiple choice",
              "MIT",
              URI.create("https://people.eecs.berkeley.edu/~hendrycks/data.tar"),
              "mmlu.tar",
              Map.of()),
          new Source(
              "sciq",
              "SciQ (Welbl, Liu and Gardner 2017), 13,679 questions of science",
              "CC BY-NC 3.0: not for commercial use",
              URI.create("https://ai2-public-datasets.s3.amazonaws.com/sciq/SciQ.zip"),
              "SciQ.zip",
              Map.of(
                  "train.json",
                  "488c26303a8d9a5819430db554006c35560e3e195e1d67d1b35fb8fac5e00c41",
                  "valid.json",
                  "b201bc1c002b31cabc8581d05f8a5ce9d115b9ad4f7b4a428c00c3935d67a6ec",
                  "test.json",
                  "7340983c427dc2ffd3dccf1adb758b6cdc9455bd22bf3db0ddf6ffcae0452006")));

  /**
   * The one of this name.
   *
   * @throws BadData if there is none
   */
  public static Source named(String name) {
    return ALL.stream()
        .filter(source -> source.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new BadData(
                    "There is no address for '"
                        + name
                        + "'; those known are "
                        + String.join(", ", ALL.stream().map(Source::name).toList())
                        + "."));
  }
}
