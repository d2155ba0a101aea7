"""The metrics of one process object, in a registry of its own: two services in one process share nothing."""

from collections.abc import Callable
from enum import Enum

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

from bot.metrics.port import MetricLabel, Metrics
from bot.metrics.series import Count, Level, Measure


class PrometheusMetrics(Metrics):
    """Keeps reports, and returns them in Prometheus' text format; may be used from any thread."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._counters = {
            one: Counter(one.value.name, one.value.help, one.value.labels, registry=self._registry)
            for one in Count
        }
        self._histograms = {
            one: Histogram(
                one.value.name,
                one.value.help,
                one.value.labels,
                registry=self._registry,
                buckets=one.value.buckets,
            )
            for one in Measure
        }
        self._gauges = {
            one: Gauge(one.value.name, one.value.help, one.value.labels, registry=self._registry)
            for one in Level
        }

    def count(self, what: Count, *labels: MetricLabel, by: int = 1) -> None:
        """Add `by` to a counter."""
        counter = self._counters[what]
        (counter.labels(*map(_text, labels)) if labels else counter).inc(by)

    def observe(self, what: Measure, value: float, *labels: MetricLabel) -> None:
        """Add a value to a histogram, in the unit of its series."""
        histogram = self._histograms[what]
        (histogram.labels(*map(_text, labels)) if labels else histogram).observe(value)

    def watch(self, what: Level, read: Callable[[], float]) -> None:
        """Make a gauge call `read` at each scrape."""
        self._gauges[what].set_function(read)

    def put(self, what: Level, value: float, *labels: MetricLabel) -> None:
        """Set a gauge; its series says what is counted or measured."""
        gauge = self._gauges[what]
        (gauge.labels(*map(_text, labels)) if labels else gauge).set(value)

    def text(self) -> bytes:
        """Return all series in the text format."""
        return generate_latest(self._registry)


def _text(label: MetricLabel) -> str:
    return str(label.value) if isinstance(label, Enum) else str(label)
