"""Stand-in for the runners of locust, which the file for several workers tells apart."""


class MasterRunner:
    pass


class WorkerRunner:
    pass
