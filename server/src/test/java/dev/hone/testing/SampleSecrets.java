package dev.hone.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Secrets of real shapes and invented values, made anew in each run from a seed. */
public final class SampleSecrets {

  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String DIGITS = "0123456789";
  private static final String HEX = "0123456789abcdef";
  private static final String ANY = LOWER + UPPER + DIGITS;

  private final Random random;

  public SampleSecrets(long seed) {
    random = new Random(seed);
  }

  /** A text that gives a secret away, and the secret. */
  public record Sample(String text, String secret) {}

  public String any(int length) {
    return of(ANY, length);
  }

  public String of(String alphabet, int length) {
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      char next = alphabet.charAt(random.nextInt(alphabet.length()));
      if (text.isEmpty() || text.charAt(text.length() - 1) != next) {
        text.append(next);
      }
    }
    return text.toString();
  }

  private String base64(int lines) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      text.append(of(ANY + "+/", 64)).append('\n');
    }
    return text.toString();
  }

  /** By the name of what it is. */
  public Map<String, Sample> all() {
    Map<String, Sample> all = new LinkedHashMap<>();
    said(all, "AWS access key", "AKIA" + of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16));
    within(all, "AWS secret key", "aws_secret_access_key = %s", of(ANY + "/+", 39) + "q");
    said(all, "OpenAI project key", "sk-proj-" + of(ANY + "_", 80));
    said(all, "OpenAI key of old", "sk-" + any(20) + "T3Blbk" + "FJ" + any(20));
    said(all, "Anthropic key", "sk-ant-api03-" + of(ANY + "_", 90) + "AA");
    said(all, "OpenRouter key", "sk-or-v1-" + of(HEX, 64));
    said(all, "Hugging Face token", "hf_" + of(LOWER + UPPER, 34));
    said(all, "Groq key", "gsk_" + any(52));
    said(all, "GitHub token", "ghp_" + any(36));
    said(all, "GitHub fine-grained token", "github_pat_" + any(22) + "_" + any(59));
    said(all, "GitLab token", "glpat-" + any(20));
    said(all, "Slack bot token", "xoxb-" + of(DIGITS, 12) + "-" + of(DIGITS, 12) + "-" + any(24));
    within(
        all,
        "Slack webhook",
        "https://hooks.slack.com/services/%s",
        "T" + of(UPPER, 8) + "/B" + of(UPPER, 8) + "/" + any(24));
    said(all, "Stripe key", "sk_live_" + any(24));
    said(all, "Google API key", "AIza" + of(ANY, 35));
    said(all, "SendGrid key", "SG." + any(22) + "." + any(43));
    said(all, "npm token", "npm_" + any(36));
    said(all, "PyPI token", "pypi-AgEIcHlwaS5vcmc" + any(150));
    within(
        all,
        "Telegram bot token",
        "The bot of our group has %s.",
        of("123456789", 9) + ":AA" + any(33));
    said(all, "DigitalOcean token", "dop_v1_" + of(HEX, 64));
    said(all, "Shopify token", "shpat_" + of(HEX, 32));
    said(all, "HashiCorp Vault token", "hvs." + any(90));
    said(all, "Grafana token", "glsa_" + any(32) + "_" + of(HEX, 8));
    said(all, "Linear key", "lin_api_" + any(40));
    said(all, "age key", "AGE-SECRET-KEY-1" + of(UPPER + DIGITS, 58));
    within(all, "Twilio key", "Our Twilio auth token: %s", of(HEX, 32));
    said(all, "signed token", "eyJ" + any(33) + ".eyJ" + any(60) + "." + any(43));
    within(all, "bearer", "Authorization: Bearer %s", any(40));
    within(all, "basic", "authorization: basic %s", any(31) + "=");
    within(all, "PostgreSQL address", "postgres://admin:%s@db.internal:5432/rig", any(14));
    within(all, "MongoDB address", "mongodb+srv://admin:%s@c0.mongodb.net/rig", any(14));
    within(all, "Redis address", "redis://default:%s@cache.internal:6379", any(14));
    within(all, "address of a proxy", "https://robot:%s@proxy.internal/x", any(14));
    within(all, "environment variable", "export DB_PASSWORD='%s'", any(8) + "4q!" + any(6));
    within(all, "JSON", "{\"client_secret\": \"%s\", \"ttl\": 5}", any(22) + "7k");
    within(all, "JSON in JSON", "{\\\"api_key\\\": \\\"%s\\\"}", any(22) + "7k");
    within(all, "YAML", "auth:\n  token: %s\n", any(30) + "3x");
    within(all, "sentence", "The password of the rig is %s, tell nobody.", "Xk7" + any(13));
    within(all, "Azure storage", "AccountName=rig;AccountKey=%s;", of(ANY + "+/", 86) + "==");
    said(all, "RSA private key", pem("RSA PRIVATE KEY", 24));
    said(all, "private key", pem("PRIVATE KEY", 26));
    said(all, "OpenSSH private key", pem("OPENSSH PRIVATE KEY", 38));
    return all;
  }

  private String pem(String what, int lines) {
    return "-----BEGIN " + what + "-----\n" + base64(lines) + "-----END " + what + "-----";
  }

  private static void said(Map<String, Sample> all, String name, String secret) {
    within(all, name, "Here it is: %s\nWhat is wrong with it?", secret);
  }

  private static void within(Map<String, Sample> all, String name, String frame, String secret) {
    all.put(name, new Sample(frame.replace("%s", secret), secret));
  }
}
