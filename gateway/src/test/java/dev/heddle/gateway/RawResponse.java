package dev.heddle.gateway;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLSession;

/** An HTTP/1.1 answer read from bytes. */
record RawResponse(String answer) implements HttpResponse<String> {

    @Override
    public int statusCode() {
        return Integer.parseInt(answer.split(" ", 3)[1]);
    }

    @Override
    public HttpHeaders headers() {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        String[] lines = answer.split("\r\n\r\n", 2)[0].split("\r\n");
        for (int i = 1; i < lines.length; i++) {
            String[] parts = lines[i].split(": *", 2);
            headers.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(parts[1]);
        }
        return HttpHeaders.of(headers, (name, value) -> true);
    }

    @Override
    public String body() {
        return answer.split("\r\n\r\n", 2)[1];
    }

    @Override
    public HttpRequest request() {
        return null;
    }

    @Override
    public Optional<HttpResponse<String>> previousResponse() {
        return Optional.empty();
    }

    @Override
    public Optional<SSLSession> sslSession() {
        return Optional.empty();
    }

    @Override
    public URI uri() {
        return null;
    }

    @Override
    public HttpClient.Version version() {
        return HttpClient.Version.HTTP_1_1;
    }
}
