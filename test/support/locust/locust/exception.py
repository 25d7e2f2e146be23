class StopUser(Exception):
    pass
