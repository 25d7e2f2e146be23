"""Stand-in for the parts of locust that the locustfile's import and report need; it runs no load."""


class HttpUser:
    def __init__(self, client=None):
        self.client = client


def between(low, high):
    return lambda _user: low


def task(function):
    return function


class _Event:
    def __init__(self):
        self.listeners = []

    def add_listener(self, listener):
        self.listeners.append(listener)
        return listener

    def remove_listener(self, listener):
        self.listeners.remove(listener)


class events:
    init = _Event()
    quitting = _Event()
    test_stopping = _Event()
    report_to_master = _Event()
    worker_report = _Event()
