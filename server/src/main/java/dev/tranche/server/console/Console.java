package dev.tranche.server.console;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.file.HttpFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The files of the console, each by the path it is served at. Open without a token: they hold no state; what
/// they show they ask the API for, with the token of whoever looks.
public final class Console {
    private static final String PREACT = "META-INF/resources/webjars/preact/10.28.0/";
    private static final String CHART = "META-INF/resources/webjars/chart.js/4.5.1/";
    private static final String INDEX = "console/index.html";
    private static final List<String> FILES = List.of(
            "icon.svg",
            "console.css",
            "app.js",
            "api.js",
            "dom.js",
            "view/canvas.js",
            "view/decisions.js",
            "view/desk.js",
            "view/engines.js",
            "view/experiments.js",
            "view/rollout.js",
            "view/route.js",
            "view/traffic.js",
            "view/versions.js");
    private static final Pattern IMPORT_MAP = Pattern.compile("<script type=\"importmap\">(.*?)</script>");

    private Console() {}

    /// Path → service, the page itself at `/`, and at `/console` for whoever guesses.
    public static Map<String, HttpService> files() {
        ClassLoader loader = Console.class.getClassLoader();
        String policy = contentSecurityPolicy(text(loader, INDEX));
        Map<String, HttpService> files = new LinkedHashMap<>();
        files.put("/", file(loader, INDEX, policy));
        files.put("/console", file(loader, INDEX, policy));
        for (String name : FILES) files.put("/console/" + name, file(loader, "console/" + name, policy));
        files.put("/console/lib/preact.js", file(loader, PREACT + "dist/preact.module.js", policy));
        files.put("/console/lib/hooks.js", file(loader, PREACT + "hooks/dist/hooks.module.js", policy));
        files.put("/console/lib/chart.js", file(loader, CHART + "dist/chart.umd.js", policy));
        return files;
    }

    private static HttpService file(ClassLoader loader, String resource, String policy) {
        return HttpFile.builder(loader, resource)
                .contentType(type(resource))
                .addHeader(HttpHeaderNames.CACHE_CONTROL, "no-cache")
                .addHeader(HttpHeaderNames.CONTENT_SECURITY_POLICY, policy)
                .addHeader(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
                .addHeader(HttpHeaderNames.REFERRER_POLICY, "no-referrer")
                .build()
                .asService();
    }

    private static MediaType type(String resource) {
        if (resource.endsWith(".html")) return MediaType.HTML_UTF_8;
        if (resource.endsWith(".css")) return MediaType.CSS_UTF_8;
        if (resource.endsWith(".svg")) return MediaType.SVG_UTF_8;
        return MediaType.JAVASCRIPT_UTF_8;
    }

    /// Only our own files may run; the one inline script, the import map, is named by its hash.
    private static String contentSecurityPolicy(String index) {
        Matcher map = IMPORT_MAP.matcher(index);
        if (!map.find()) throw new IllegalStateException("the console's page has no import map");
        return "default-src 'self'; script-src 'self' 'sha256-" + sha256(map.group(1))
                + "'; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'";
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private static String text(ClassLoader loader, String resource) {
        try (InputStream stream = loader.getResourceAsStream(resource)) {
            if (stream == null) throw new IllegalStateException("missing from the jar: " + resource);
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
