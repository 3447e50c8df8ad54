"""How an audit looks."""

import datetime


def audit(hosts: list[str], task_logs: list[dict], beginning: datetime.datetime,
          ending: datetime.datetime) -> dict:
    """What the hosts reported, and which of them did not."""
    done = [log['host'] for log in task_logs if log['state'] == 'DONE']
    running = [log['host'] for log in task_logs if log['state'] == 'RUNNING']
    not_run = sorted(set(hosts) - {log['host'] for log in task_logs})
    errors = sum(log['errors'] for log in task_logs)
    how_many = 'ALL' if len(done) == len(hosts) else f'{len(done)} of {len(hosts)}'
    return {
        'period_beginning': str(beginning),
        'period_ending': str(ending),
        'num_hosts': len(hosts),
        'num_hosts_done': len(done),
        'num_hosts_running': len(running),
        'num_hosts_not_run': len(not_run),
        'hosts_not_run': not_run,
        'total_instances': sum(log['task_items'] for log in task_logs),
        'total_errors': errors,
        'overall_status': f'{how_many} hosts done. {errors} errors.',
        'log': {log['host']: {'state': log['state'], 'instances': log['task_items'],
                              'errors': log['errors'], 'message': log['message']}
                for log in task_logs},
    }
